import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { toJsonb } from '#db/to-jsonb.ts'
import { transactOnce } from '#db/transact-once.ts'
import type { Faults } from '../model/faults.ts'
import type { QueueName } from '../model/job-type.ts'
import type { Delivery, DeliveryQueue } from '../queue/delivery-queue.ts'
import {
  countEndedChildren,
  type EndedJob,
  type EndState,
  endOpenSteps,
  lockTree,
  passErrorsOn,
  runSeconds,
} from '../tree/job-tree.ts'
import { type ClaimedJob, ClaimLostError } from './claim.ts'

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
export async function settleRun(db: Db, deliveryQueue: DeliveryQueue, run: Run, ending: Ending): Promise<Settled> {
  const { claim } = run
  await run.faults?.hit('before-settle')
  // Most runs complete and have no parent: one statement is all. Tests that stop just before the commit need a transaction.
  const atOnce = ending.state === 'completed' && claim.parentJobId === null && run.faults === undefined
  const settled = await (atOnce ? completeAtOnce(db, deliveryQueue, run, ending) : settleInTurn(db, deliveryQueue, run, ending))
  await run.faults?.hit('after-settle')
  return settled
}

type Settled = [EndedJob, ...EndedJob[]]

interface EndedRow {
  job_state: EndState
  seconds: number | null
  transaction: string
}

async function settleInTurn(db: Db, deliveryQueue: DeliveryQueue, run: Run, ending: Ending): Promise<Settled> {
  const { claim } = run
  return await transactOnce(db, async (trx, known) => {
    if (claim.parentJobId !== null) await lockTree(trx, claim.rootJobId)
    const row = await endRow(trx, deliveryQueue, run, ending)
    if (row === undefined) throw new ClaimLostError(claim)
    known(row.transaction)
    const { job_state: state } = row
    // A handler that was left behind may have begun a step while this waited for the row: only a later statement sees that.
    if (state !== 'completed') await endOpenSteps(trx, [claim.jobId], state)
    const ended: Settled = [{ jobType: claim.jobType, state, runSeconds: row.seconds }]
    if (claim.parentJobId !== null) {
      await passErrorsOn(trx, claim.parentJobId, claim.jobId, claim.attempt)
      ended.push(...(await countEndedChildren(trx, claim.parentJobId, 1, state === 'completed' ? 0 : 1)))
    }
    await run.faults?.hit('in-settle')
    return ended
  })
}

/** May be called again after a connection error: it knows the end that it has made itself by the token of the claim. */
async function completeAtOnce(db: Db, deliveryQueue: DeliveryQueue, run: Run, ending: Ending): Promise<Settled> {
  const { claim } = run
  const row = (await endRow(db, deliveryQueue, run, ending)) ?? (await completedByThisRun(db, claim))
  if (row === undefined) throw new ClaimLostError(claim)
  return [{ jobType: claim.jobType, state: row.job_state, runSeconds: row.seconds }]
}

/** Ends the job's row, its open steps (as `endOpenSteps` does) and its entry in the queue, or nothing when the claim is gone. */
async function endRow(db: Db, deliveryQueue: DeliveryQueue, run: Run, ending: Ending): Promise<EndedRow | undefined> {
  const { value, error } = outcome(ending)
  const result = await sql<EndedRow>`
    /* prepared end-job */
    with ended as (
      update job set finished_at = now(), updated_at = now(), result = ${value}::jsonb, error = ${error}::jsonb,
        job_state = case when ${ending.state} = 'failed' and cancel_requested_at is not null then 'cancelled' else ${ending.state} end,
        percent_complete = case when ${ending.state} = 'completed' then 100 else percent_complete end
      where ${held(run)} returning id, job_state, ${runSeconds} as seconds
    ), steps as (
      update job_step set completed_at = case when status = 'running' then now() end,
        status = case when status = 'running' then job_state when job_state = 'cancelled' then 'cancelled' else 'skipped' end,
        error = case when status = 'running' and job_state = 'failed' then ${error}::jsonb else error end
      from ended where job_id = ended.id and (status in ('pending', 'running') or job_state = 'completed' and status = 'failed')
    ), entry as (${deliveryQueue.completion(run.queue, run.delivery, 'ended')})
    select job_state, seconds, pg_current_xact_id()::text as transaction from ended
  `.execute(db)
  return result.rows[0]
}

async function completedByThisRun(db: Db, claim: ClaimedJob): Promise<Omit<EndedRow, 'transaction'> | undefined> {
  const result = await sql<EndedRow>`
    select job_state, extract(epoch from finished_at - started_at)::float8 as seconds from job
    where id = ${claim.jobId} and attempt = ${claim.attempt} and claim_token = ${claim.token} and job_state = 'completed'
  `.execute(db)
  return result.rows[0]
}

function outcome(ending: Ending): { value: string | null; error: string | null } {
  switch (ending.state) {
    case 'completed':
      return { value: toJsonb(ending.result), error: null }
    case 'failed':
      return { value: toJsonb({ error: ending.failure.message }), error: toJsonb(ending.failure) }
    case 'cancelled':
      return { value: null, error: null }
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
  deliveryQueue: DeliveryQueue,
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
    await deliveryQueue.putBack(trx, run.queue, run.delivery, options.delaySeconds)
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
