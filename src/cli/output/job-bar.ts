import cliProgress from 'cli-progress'
import type { ListedJob } from '../client/api-client.ts'

export interface JobBar {
  show(job: ListedJob): void
  end(): void
}

/** Shows a job's progress: a bar on a terminal, elsewhere (such as in a log file) a line per change. */
export function createJobBar(out: NodeJS.WriteStream): JobBar {
  if (!out.isTTY) return createLineBar(out)
  const bar = new cliProgress.SingleBar({
    format: '  {bar} {percentage}%  {state}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    stream: out,
    linewrap: false,
  })
  bar.start(100, 0, { state: 'pending' })
  return {
    show: (job) => bar.update(job.percentComplete, { state: describe(job) }),
    end: () => bar.stop(),
  }
}

function createLineBar(out: NodeJS.WriteStream): JobBar {
  let last = ''
  return {
    show(job) {
      const line = `  ${String(job.percentComplete).padStart(3)} %  ${describe(job)}`
      if (line !== last) out.write(`${line}\n`)
      last = line
    },
    end() {},
  }
}

/** The state, the running step and the last log line. */
function describe(job: ListedJob): string {
  const running = job.steps.find((step) => step.status === 'running')?.stepName
  const message = job.logs.at(-1)?.message
  return [job.jobState, running, message].filter((part) => part !== undefined).join(' · ')
}
