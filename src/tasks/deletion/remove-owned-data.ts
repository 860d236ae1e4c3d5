import type { Owner } from '#accounts/administration/remove-rows.ts'
import type { JobContext, JobResult } from '#jobs/model/job-type.ts'
import { CancelledError, CancelledWithResult } from '#jobs/run/stop-reasons.ts'
import type { OwnedData, RemovalParts } from './owned-data.ts'

/**
 * Removes some kinds of data, each in a step of its own.
 * @param what named in the log, such as `the account Harbour (42)`.
 * @returns the counts.
 * @throws CancelledWithResult with the counts so far when the job is cancelled: what is left is already hidden, so the log says how to
 * finish.
 */
export async function removeOwnedData(
  parts: RemovalParts,
  kinds: readonly OwnedData[],
  owner: Owner,
  { job, what }: { job: JobContext; what: string },
): Promise<JobResult> {
  const removed: JobResult = {}
  try {
    for (const kind of kinds) {
      removed[kind.counts] = await job.step(kind.step, (step) => kind.remove(parts, owner, job, step))
    }
    return removed
  } catch (error) {
    if (!(job.signal.reason instanceof CancelledError)) throw error
    job.log.warning(`The deletion of ${what} was cancelled: delete it again or retry this job to finish`)
    throw new CancelledWithResult(removed)
  }
}
