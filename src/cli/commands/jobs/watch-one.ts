import { awaitEnd } from '../../client/await-end.ts'
import type { ClientJob } from '../../client/jobs.ts'
import type { ServerCall } from '../../client/server-call.ts'
import type { ClientOptions } from '../../frame/client-command.ts'
import type { CommandContext } from '../../frame/command-context.ts'
import { EXIT } from '../../frame/exit-codes.ts'
import { createJobProgress } from '../../output/job-progress.ts'
import { oneLine } from '../../output/table.ts'
import { paintState, writeJson } from '../../output/words.ts'

/** Follows a job to its end, shows its result, and sets the exit code: 0 only when it completed. */
export async function watchOne(context: CommandContext, server: ServerCall, id: string, { json }: ClientOptions): Promise<void> {
  const { out, err, signal } = context
  // The progress is for people: with --json it keeps out of what a script reads.
  const stream = json === true ? err : out
  const progress = createJobProgress(stream)
  let job: ClientJob
  try {
    job = await awaitEnd(server, id, { signal, onJob: (each) => progress.show(each), onAway: (reason) => progress.away(reason) })
  } finally {
    progress.end()
  }
  if (json === true) writeJson(out, job)
  else printEnd(out, job)
  context.exit(job.jobState === 'completed' ? EXIT.done : EXIT.failed)
}

function printEnd(out: NodeJS.WriteStream, job: ClientJob): void {
  out.write(`${job.jobType} ${paintState(out, job.jobState)}\n`)
  if (job.error !== null) out.write(`  ${oneLine(job.error.message)}\n`)
  const numbers = Object.entries(job.result ?? {}).filter(([, value]) => typeof value === 'number')
  if (numbers.length > 0) out.write(`  ${numbers.map(([name, value]) => `${name} ${value}`).join(', ')}\n`)
  if (job.jobState === 'failed') out.write(`  Its log: chartroom jobs logs ${job.id}\n`)
}
