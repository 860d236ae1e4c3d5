import cliProgress from 'cli-progress'
import type { ListedJob } from './api-client.ts'

export interface JobBar {
  show(job: ListedJob): void
  end(): void
}

/** Shows a job's progress: a bar on a terminal, a line at each change elsewhere (a log file is no place for a moving bar). */
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

/** The state, and what the job said last: the line an operator would look for. */
function describe(job: ListedJob): string {
  const running = job.steps.find((step) => step.status === 'running')?.stepName
  const said = job.logs.at(-1)?.message
  return [job.jobState, running, said].filter((part) => part !== undefined).join(' · ')
}
