import type { Accounts } from '#accounts/accounts.ts'
import type { Deletion } from '#accounts/administration/deletions.ts'
import type { JobsService } from '#http/base/jobs-service.ts'

type Create = JobsService['create']
type Transaction = Parameters<NonNullable<Parameters<Create>[1]>>[0]

/**
 * Creates the job of a deletion in the transaction that accepts it.
 *
 * @returns the id of the new job, or of the one that already deletes.
 * @throws what `accept` throws; then nothing is deleted.
 */
export async function createDeletionJob(
  { accounts, jobs }: { accounts: Accounts; jobs: JobsService },
  job: Parameters<Create>[0],
  accept: (trx: Transaction, jobId: string) => Promise<Deletion>,
): Promise<string> {
  try {
    const { jobId } = await jobs.create(job, async (trx, jobId) => {
      const deletion = await accept(trx, jobId)
      if (deletion.outcome === 'already') throw new AlreadyDeleting(deletion.jobId)
    })
    // Done before the caller learns of it; the database notifies other processes.
    accounts.forget()
    return jobId
  } catch (error) {
    if (error instanceof AlreadyDeleting) return error.jobId
    throw error
  }
}

/** Rolls back the second job of one deletion. */
class AlreadyDeleting extends Error {
  readonly jobId: string

  constructor(jobId: string) {
    super('the deletion is already under way')
    this.jobId = jobId
  }
}
