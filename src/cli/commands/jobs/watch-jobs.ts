import { setTimeout as sleep } from 'node:timers/promises'
import { type ClientJob, listJobs, resolveJobId } from '../../client/jobs.ts'
import { keepAsking } from '../../client/keep-asking.ts'
import { openClient } from '../../client/open-client.ts'
import type { ServerCall } from '../../client/server-call.ts'
import { type ClientOptions, clientCommand } from '../../frame/client-command.ts'
import type { AddCommand, CommandContext } from '../../frame/command-context.ts'
import { formatJobs } from '../../output/job-table.ts'
import { createScreen } from '../../output/screen.ts'
import { sayTo } from '../../output/words.ts'
import { watchOne } from './watch-one.ts'

const INTERVAL = 1_000
/** Lines that a terminal needs for its prompt and the head of the table. */
const SPARE_LINES = 4

/** `chartroom jobs watch`: one job to its end, or the newest jobs until Ctrl-C. */
export const addWatchJobs: AddCommand = (jobs, context) => {
  clientCommand(jobs, 'watch [id]', 'follow a job until it ends; without an id, show the newest jobs until Ctrl-C')
    .addHelpText('after', '\nWith an id, the exit code is 0 if the job completed, and 1 if it failed or was cancelled.')
    .action(async (given: string | undefined, options: ClientOptions) => {
      const server = await openClient(context, options)
      if (given === undefined) return await watchAll(context, server, options)
      await watchOne(context, server, await resolveJobId(server, given), options)
    })
}

async function watchAll(context: CommandContext, server: ServerCall, { json }: ClientOptions): Promise<void> {
  const { out, signal } = context
  const screen = createScreen(out)
  const states = new Map<string, string>()
  const patience = { signal, onAway: sayTo(context.err) }
  for (let isFirst = true; ; isFirst = false) {
    const limit = Math.min(20, Math.max(3, (out.rows ?? 24) - SPARE_LINES))
    const ask = () => listJobs(server, { limit: String(limit), parentJobId: 'none' })
    // A server that is away from the start is more likely one of another address.
    const { jobs } = await (isFirst ? ask() : keepAsking(ask, patience))
    const changed = jobs.filter((job) => states.get(job.id) !== signature(job))
    for (const job of changed) states.set(job.id, signature(job))
    if (json === true) out.write(changed.map((job) => `${JSON.stringify(job)}\n`).join(''))
    else screen.show(formatJobs(out, out.isTTY ? jobs : changed), changed.length > 0)
    await sleep(INTERVAL, undefined, { signal })
  }
}

function signature({ jobState, percentComplete }: ClientJob): string {
  return `${jobState} ${percentComplete}`
}
