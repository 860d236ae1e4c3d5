import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { toJsonb } from '#db/to-jsonb.ts'
import { transactOnce } from '#db/transact-once.ts'
import { redactJson } from '#lib/redact.ts'
import type { DeliveryQueue } from '../queue/delivery-queue.ts'
import {
  copyErrorsToParent,
  countEndedChildren,
  type EndedJob,
  type EndState,
  endOpenSteps,
  lockTree,
  runSeconds,
} from '../tree/job-tree.ts'
import { type ClaimedJob, ClaimLostError, claimIsValid } from './claim.ts'
import type { Run } from './run.ts'

// The end of a job: one transaction over its row, its steps, its parent and its queue entry, so a crash leaves either all of it
// or nothing. The claim fences it: a run that lost its claim settles nothing.

/** Why a job or an attempt failed, as stored. */
export interface JobFailure {
  name: string
  message: string
}

/** A job's final state, with its result or the reason. */
export type FinalState =
  | { state: 'completed'; result: Record<string, unknown> }
  | { state: 'failed'; failure: JobFailure }
  | { state: 'cancelled'; result?: Record<string, unknown> | undefined }

/**
 * Ends a job. A run that fails after its cancel was requested ends as cancelled: what it threw on the way out is not the reason.
 *
 * @returns the job as it ended, then the parents that ended with it.
 * @throws ClaimLostError when the run no longer has the job.
 */
export async function settleRun(db: Db, deliveryQueue: DeliveryQueue, run: Run, ending: FinalState): Promise<Settled> {
  const { claim } = run
  await run.faults?.hit('before-settle')
  // Most runs complete and have no parent: one statement is enough. Tests that stop just before the commit need a transaction.
  const single = ending.state === 'completed' && claim.parentJobId === null && run.faults === undefined
  const settled = await (single
    ? completeInOneStatement(db, deliveryQueue, run, ending)
    : settleInTransaction(db, deliveryQueue, run, ending))
  await run.faults?.hit('after-settle')
  return settled
}

type Settled = [EndedJob, ...EndedJob[]]

interface EndedRow {
  job_state: EndState
  seconds: number | null
}

async function settleInTransaction(db: Db, deliveryQueue: DeliveryQueue, run: Run, ending: FinalState): Promise<Settled> {
  const { claim } = run
  return await transactOnce(db, async (trx) => {
    if (claim.parentJobId !== null) await lockTree(trx, claim.rootJobId)
    const row = await endRow(trx, deliveryQueue, run, ending)
    if (row === undefined) throw new ClaimLostError(claim)
    const { job_state: state } = row
    // A handler that was left behind may have begun a step while this waited for the row; only a later statement sees it.
    if (state !== 'completed') await endOpenSteps(trx, [claim.jobId], state)
    const ended: Settled = [{ jobType: claim.jobType, state, runSeconds: row.seconds }]
    if (claim.parentJobId !== null) {
      await copyErrorsToParent(trx, claim.parentJobId, claim.jobId, claim.attempt)
      ended.push(...(await countEndedChildren(trx, claim.parentJobId, 1, state === 'completed' ? 0 : 1)))
    }
    await run.faults?.hit('in-settle')
    return ended
  })
}

/** Safe to call again after a connection error: the claim's token identifies an end that this run already made. */
async function completeInOneStatement(db: Db, deliveryQueue: DeliveryQueue, run: Run, ending: FinalState): Promise<Settled> {
  const { claim } = run
  const row = (await endRow(db, deliveryQueue, run, ending)) ?? (await completedByThisRun(db, claim))
  if (row === undefined) throw new ClaimLostError(claim)
  return [{ jobType: claim.jobType, state: row.job_state, runSeconds: row.seconds }]
}

/** Ends the job's row, its open steps (as `endOpenSteps` does) and its queue entry; does nothing when the claim is lost. */
async function endRow(db: Db, deliveryQueue: DeliveryQueue, run: Run, ending: FinalState): Promise<EndedRow | undefined> {
  const { value, error } = columnsOf(ending)
  const result = await sql<EndedRow>`
    /* prepared end-job */
    with ended as (
      update job set finished_at = statement_timestamp(), updated_at = statement_timestamp(), result = ${value}::jsonb, error = ${error}::jsonb,
        job_state = case when ${ending.state} = 'failed' and cancel_requested_at is not null then 'cancelled' else ${ending.state} end,
        percent_complete = case when ${ending.state} = 'completed' then 100 else percent_complete end
      where ${claimIsValid(run.claim)} returning id, job_state, ${runSeconds} as seconds
    ), steps as (
      update job_step set completed_at = case when status = 'running' then statement_timestamp() end,
        status = case when status = 'running' then job_state when job_state = 'cancelled' then 'cancelled' else 'skipped' end,
        error = case when status = 'running' and job_state = 'failed' then ${error}::jsonb else error end
      from ended where job_id = ended.id and (status in ('pending', 'running') or job_state = 'completed' and status = 'failed')
    ), entry as (${deliveryQueue.completion(run.queue, run.delivery, 'ended')})
    select job_state, seconds from ended
  `.execute(db)
  return result.rows[0]
}

async function completedByThisRun(db: Db, claim: ClaimedJob): Promise<EndedRow | undefined> {
  const result = await sql<EndedRow>`
    select job_state, extract(epoch from finished_at - started_at)::float8 as seconds from job
    where id = ${claim.jobId} and attempt = ${claim.attempt} and claim_token = ${claim.token} and job_state = 'completed'
  `.execute(db)
  return result.rows[0]
}

function columnsOf(ending: FinalState): { value: string | null; error: string | null } {
  switch (ending.state) {
    case 'completed':
      return { value: toJsonb(redactJson(ending.result)), error: null }
    case 'failed':
      return { value: toJsonb({ error: ending.failure.message }), error: toJsonb(ending.failure) }
    case 'cancelled':
      return { value: ending.result === undefined ? null : toJsonb(redactJson(ending.result)), error: null }
  }
}
