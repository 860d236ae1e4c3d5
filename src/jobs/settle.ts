import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { announceChanged } from './announce.ts'
import type { Boss, Delivery } from './boss.ts'
import { type ClaimedJob, ClaimLostError } from './claim.ts'
import type { Faults } from './faults.ts'
import { countEndedChildren, type EndedJob, type EndState, endOpenSteps, lockTree, passErrorsOn, runSeconds } from './job-tree.ts'
import type { QueueName } from './job-type.ts'
import { toJsonb } from './to-jsonb.ts'
import { transactOnce } from './transact-once.ts'

// The ends of a run. Each is one transaction over the job's row, its steps, its parent and the queue's entry, so a crash leaves
// either the run as it was or the end as it is. All are fenced: a run that lost its claim settles nothing.

export interface Run {
  claim: ClaimedJob
  queue: QueueName
  delivery: Delivery
  faults?: Faults | undefined
}

export interface JobFailure {
  name: string
  message: string
}

export type Ending =
  | { state: 'completed'; result: Record<string, unknown> }
  | { state: 'failed'; failure: JobFailure }
  | { state: 'cancelled' }

/**
 * Ends the job. A run that fails after its cancel was requested ends as cancelled: it was told to stop, and what it threw on
 * the way out is not what became of it.
 *
 * @returns the job as it ended, then the parents that ended with it.
 */
export async function settleRun(db: Db, boss: Boss, run: Run, ending: Ending): Promise<[EndedJob, ...EndedJob[]]> {
  const { claim } = run
  const { result, error } = outcome(ending)
  await run.faults?.hit('before-settle')
  const settled = await transactOnce(db, async (trx) => {
    if (claim.parentJobId !== null) await lockTree(trx, claim.rootJobId)
    const row = await sql<{ job_state: EndState; seconds: number | null }>`
      update job set finished_at = now(), updated_at = now(), result = ${result}::jsonb, error = ${error}::jsonb,
        job_state = case when ${ending.state} = 'failed' and cancel_requested_at is not null then 'cancelled' else ${ending.state} end,
        percent_complete = case when ${ending.state} = 'completed' then 100 else percent_complete end
      where ${held(run)} returning job_state, ${runSeconds} as seconds
    `.execute(trx)
    const state = row.rows[0]?.job_state
    if (state === undefined) throw new ClaimLostError(claim)
    if (state === 'failed') await failRunningStep(trx, claim.jobId, error)
    await endOpenSteps(trx, [claim.jobId], state === 'completed' ? 'completed' : state)
    const ended: [EndedJob, ...EndedJob[]] = [{ jobType: claim.jobType, state, runSeconds: row.rows[0]?.seconds ?? null }]
    if (claim.parentJobId !== null) {
      await passErrorsOn(trx, claim.parentJobId, claim.jobId, claim.attempt)
      ended.push(...(await countEndedChildren(trx, claim.parentJobId, 1, state === 'completed' ? 0 : 1)))
    }
    await announceChanged(trx, [claim.jobId])
    await boss.complete(trx, run.queue, run.delivery)
    await run.faults?.hit('in-settle')
    return ended
  })
  await run.faults?.hit('after-settle')
  return settled
}

function outcome(ending: Ending): { result: string | null; error: string | null } {
  switch (ending.state) {
    case 'completed':
      return { result: toJsonb(ending.result), error: null }
    case 'failed':
      return { result: toJsonb({ error: ending.failure.message }), error: toJsonb(ending.failure) }
    case 'cancelled':
      return { result: null, error: null }
  }
}

/**
 * Hands the job back to be run again: pending, delivered after the delay. `counts` is false for a shutdown, which costs the
 * job none of its tries and leaves its running step pending; after an error the step stays failed, with the error, until the
 * next attempt begins it.
 *
 * @returns false when the job's cancel was requested: it must be settled as cancelled instead.
 */
export async function putJobBack(
  db: Db,
  boss: Boss,
  run: Run,
  options: { delaySeconds: number; counts: boolean; failure: JobFailure | null },
): Promise<boolean> {
  const { claim } = run
  const done = await transactOnce(db, async (trx) => {
    const row = await sql<{ cancel_requested: boolean }>`
      update job set updated_at = now(), tries = tries - ${options.counts ? 0 : 1},
        job_state = case when cancel_requested_at is null then 'pending' else job_state end
      where ${held(run)} returning cancel_requested_at is not null as cancel_requested
    `.execute(trx)
    if (row.rows[0] === undefined) throw new ClaimLostError(claim)
    if (row.rows[0].cancel_requested) return false
    if (options.failure) await failRunningStep(trx, claim.jobId, toJsonb(options.failure))
    await sql`update job_step set status = 'pending' where job_id = ${claim.jobId} and status = 'running'`.execute(trx)
    await announceChanged(trx, [claim.jobId])
    await boss.putBack(trx, run.queue, run.delivery, options.delaySeconds)
    await run.faults?.hit('in-put-back')
    return true
  })
  await run.faults?.hit('after-put-back')
  return done
}

export function held({ claim }: Pick<Run, 'claim'>) {
  return sql`id = ${claim.jobId} and attempt = ${claim.attempt} and job_state = 'running' and not waiting`
}

async function failRunningStep(trx: Db, jobId: string, error: string | null): Promise<void> {
  await sql`
    update job_step set status = 'failed', completed_at = now(), error = ${error}::jsonb where job_id = ${jobId} and status = 'running'
  `.execute(trx)
}
