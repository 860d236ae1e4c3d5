import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { toJsonb } from '#db/to-jsonb.ts'
import { transactOnce } from '#db/transact-once.ts'
import type { DeliveryQueue } from '../queue/delivery-queue.ts'
import { ClaimLostError, claimIsValid } from './claim.ts'
import type { Run } from './run.ts'
import type { JobFailure } from './settle.ts'

/**
 * Puts a job back on the queue to run again: it becomes pending and is delivered after the delay. With `counts` false (a
 * shutdown) it keeps all its tries and its running step becomes pending. After an error the step stays failed, with the error,
 * until the next attempt begins it.
 *
 * @returns false when the job's cancel was requested: settle it as cancelled instead.
 * @throws ClaimLostError when the run no longer has the job.
 */
export async function putJobBack(
  db: Db,
  deliveryQueue: DeliveryQueue,
  run: Run,
  options: { delaySeconds: number; counts: boolean; failure: JobFailure | null },
): Promise<boolean> {
  const { claim } = run
  const done = await transactOnce(db, async (trx) => {
    const row = await sql<{ cancel_requested: boolean }>`
      update job set updated_at = statement_timestamp(), tries = tries - ${options.counts ? 0 : 1},
        job_state = case when cancel_requested_at is null then 'pending' else job_state end
      where ${claimIsValid(claim)} returning cancel_requested_at is not null as cancel_requested
    `.execute(trx)
    if (row.rows[0] === undefined) throw new ClaimLostError(claim)
    if (row.rows[0].cancel_requested) return false
    if (options.failure) await failRunningStep(trx, claim.jobId, toJsonb(options.failure))
    await sql`update job_step set status = 'pending' where job_id = ${claim.jobId} and status = 'running'`.execute(trx)
    await deliveryQueue.putBack(trx, run.queue, run.delivery, options.delaySeconds)
    await run.faults?.hit('in-put-back')
    return true
  })
  await run.faults?.hit('after-put-back')
  return done
}

async function failRunningStep(trx: Db, jobId: string, error: string | null): Promise<void> {
  await sql`
    update job_step set status = 'failed', completed_at = statement_timestamp(), error = ${error}::jsonb where job_id = ${jobId} and status = 'running'
  `.execute(trx)
}
