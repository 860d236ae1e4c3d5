import { setTimeout as sleep } from 'node:timers/promises'
import { Option } from 'commander'
import { getJob, getLines, hasEnded, type JobLines, resolveJobId } from '../../client/jobs.ts'
import { keepAsking } from '../../client/keep-asking.ts'
import { openClient } from '../../client/open-client.ts'
import { type ClientOptions, clientCommand } from '../../frame/client-command.ts'
import type { AddCommand, CommandContext } from '../../frame/command-context.ts'
import { wholeNumber } from '../../frame/values.ts'
import { oneLine } from '../../output/table.ts'
import { moment, paint, sayTo } from '../../output/words.ts'

const PAGE = '1000'
const INTERVAL = 1_000

interface LogOptions extends ClientOptions {
  follow?: boolean
  tail?: number
}

/** `chartroom jobs logs` */
export const addJobLogs: AddCommand = (jobs, context) => {
  clientCommand(jobs, 'logs <id>', 'print the log of a job')
    .option('-f, --follow', 'keep printing until the job ends')
    .addOption(new Option('--tail <lines>', 'only the last lines').argParser(wholeNumber(1, 1_000)))
    .action(async (given: string, { follow, tail, ...options }: LogOptions) => {
      const server = await openClient(context, options)
      const id = await resolveJobId(server, given)
      const print = (lines: JobLines) => printLines(context, lines, options.json === true)
      let page = await getLines(server, id, tail === undefined ? { limit: PAGE } : { tail: String(tail) })
      print(page)
      const patience = { signal: context.signal, onAway: sayTo(context.err) }
      for (;;) {
        // Read before the lines: once a job has ended, all its lines are there.
        const isOver = follow !== true || hasEnded(await keepAsking(() => getJob(server, id, context.signal), patience))
        do {
          const after = String(page.nextAfter)
          const ask = () => getLines(server, id, { limit: PAGE, after })
          page = await (follow === true ? keepAsking(ask, patience) : ask())
          print(page)
        } while (page.logs.length > 0)
        if (isOver) return
        await sleep(INTERVAL, undefined, { signal: context.signal })
      }
    })
}

function printLines({ out }: CommandContext, { logs }: JobLines, json: boolean): void {
  for (const line of logs) {
    if (json) out.write(`${JSON.stringify(line)}\n`)
    else out.write(`${paint(out, 'dim', moment(Date.parse(line.timestamp)))}  ${messageOf(out, line)}\n`)
  }
}

function messageOf(out: NodeJS.WriteStream, { type, message }: JobLines['logs'][number]): string {
  const text = oneLine(message)
  if (type === 'error') return paint(out, 'red', `error: ${text}`)
  return type === 'warning' ? paint(out, 'yellow', `warning: ${text}`) : text
}
