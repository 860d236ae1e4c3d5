import cliProgress from 'cli-progress'
import type { ClientJob } from '../client/jobs.ts'
import { oneLine } from './table.ts'
import { columnsOf, duration } from './words.ts'

/** Shows one job while it runs. */
export interface JobProgress {
  show(job: ClientJob): void
  /** Says that the server is away; it is asked again. */
  away(reason: string): void
  end(): void
}

const BAR_COLUMNS = 24

/** A bar on a terminal; elsewhere, such as in a log file, a line for each change. */
export function createJobProgress(out: NodeJS.WriteStream): JobProgress {
  return out.isTTY ? barProgress(out) : lineProgress(out)
}

function barProgress(out: NodeJS.WriteStream): JobProgress {
  // The words take what the bar and the number leave of a line.
  const room = Math.max(10, columnsOf(out) - BAR_COLUMNS - 10)
  const bar = new cliProgress.SingleBar({
    format: '{bar} {percentage} %  {words}',
    barsize: BAR_COLUMNS,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    formatValue: (value, _options, type) => (type === 'percentage' ? String(value).padStart(3) : String(value)),
    hideCursor: true,
    stream: out,
    linewrap: false,
  })
  const fit = (text: string) => (text.length <= room ? text : `${text.slice(0, room - 1)}…`)
  bar.start(100, 0, { words: 'waiting' })
  return {
    show: (job) => bar.update(job.percentComplete, { words: fit(describeJob(job)) }),
    away: (reason) => bar.update({ words: fit(reason) }),
    end: () => bar.stop(),
  }
}

function lineProgress(out: NodeJS.WriteStream): JobProgress {
  let last = ''
  const write = (line: string) => {
    if (line !== last) out.write(`${line}\n`)
    last = line
  }
  return {
    show: (job) => write(`${String(job.percentComplete).padStart(3)} %  ${describeJob(job)}`),
    away: write,
    end() {},
  }
}

/** The state, with what the job does or waits for; for one that has ended, how long it took. */
function describeJob(job: ClientJob): string {
  const running = job.steps.find(({ status }) => status === 'running')?.stepName
  const time = job.startedAt !== null && job.finishedAt !== null ? `in ${duration(job.finishedAt - job.startedAt)}` : undefined
  const parts = [job.jobState, running, time ?? job.waitingReason ?? undefined]
  return oneLine(parts.filter((part) => part !== undefined).join(' · '))
}
