import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { Boss, Delivery } from './boss.ts'
import { type Claim, ClaimLostError } from './claim.ts'
import type { QueueName } from './job-type.ts'

// The ends of a run. Each is one transaction over the job's row, its steps and the queue's entry, so a crash leaves either the
// run as it was or the end as it is. All are fenced: a run that lost its claim settles nothing.

export interface Run {
  claim: Claim
  queue: QueueName
  delivery: Delivery
}

export interface JobFailure {
  name: string
  message: string
}

/** Ends the job as completed, with its result and 100 per cent. Steps that never ran are marked skipped. */
export async function settleCompleted(db: Db, boss: Boss, run: Run, result: Record<string, unknown>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await fenced(
      run,
      sql`update job set job_state = 'completed', result = ${JSON.stringify(result)}::jsonb, error = null, percent_complete = 100,
            finished_at = now(), updated_at = now() where ${held(run)} returning 1`.execute(trx),
    )
    await endSteps(trx, run)
    await boss.complete(trx, run.queue, run.delivery)
  })
}

/** Ends the job as failed, for good. The step that was running has failed with it. */
export async function settleFailed(db: Db, boss: Boss, run: Run, failure: JobFailure): Promise<void> {
  const error = JSON.stringify(failure)
  await db.transaction().execute(async (trx) => {
    await fenced(
      run,
      sql`update job set job_state = 'failed', result = ${JSON.stringify({ error: failure.message })}::jsonb, error = ${error}::jsonb,
            finished_at = now(), updated_at = now() where ${held(run)} returning 1`.execute(trx),
    )
    await sql`update job_step set status = 'failed', completed_at = now(), error = ${error}::jsonb
              where job_id = ${run.claim.jobId} and status = 'running'`.execute(trx)
    await endSteps(trx, run)
    await boss.complete(trx, run.queue, run.delivery)
  })
}

/**
 * Hands the job back to be run again: pending, delivered after the delay. `counts` is false for a shutdown, which costs the
 * job none of its tries and leaves its running step pending; after an error the step stays failed, with the error, until the
 * next attempt begins it.
 */
export async function putJobBack(
  db: Db,
  boss: Boss,
  run: Run,
  options: { delaySeconds: number; counts: boolean; failure: JobFailure | null },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await fenced(
      run,
      sql`update job set job_state = 'pending', tries = tries - ${options.counts ? 0 : 1}, updated_at = now()
          where ${held(run)} returning 1`.execute(trx),
    )
    if (options.failure) {
      await sql`update job_step set status = 'failed', completed_at = now(), error = ${JSON.stringify(options.failure)}::jsonb
                where job_id = ${run.claim.jobId} and status = 'running'`.execute(trx)
    } else {
      await sql`update job_step set status = 'pending' where job_id = ${run.claim.jobId} and status = 'running'`.execute(trx)
    }
    await boss.putBack(trx, run.queue, run.delivery, options.delaySeconds)
  })
}

function held(run: Run) {
  return sql`id = ${run.claim.jobId} and attempt = ${run.claim.attempt} and job_state = 'running'`
}

async function fenced(run: Run, update: Promise<{ rows: unknown[] }>): Promise<void> {
  if ((await update).rows.length === 0) throw new ClaimLostError(run.claim)
}

/** A finished job has no step that looks as if it were still to come. */
async function endSteps(trx: Db, run: Run): Promise<void> {
  await sql`update job_step set status = 'skipped' where job_id = ${run.claim.jobId} and status in ('pending', 'running')`.execute(
    trx,
  )
}
