import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { newId } from '#lib/ids.ts'
import type { Faults } from '../model/faults.ts'
import type { Delivery } from '../queue/delivery-queue.ts'
import { historyOf, type RunHistory } from './run-steps.ts'

/** A run's right to write: valid while the row is running under the same attempt. */
export interface Claim {
  readonly jobId: string
  readonly attempt: number
}

export interface ClaimedJob extends Claim {
  /** Made for this claim: tells what this run has done from what another has. */
  token: string
  jobType: string
  accountId: number | null
  parameters: Record<string, unknown>
  priority: number
  percentComplete: number
  rootJobId: string
  parentJobId: string | null
  /** Tries that count, this one included. */
  tries: number
  /** Seconds from its creation to this run when it is the first; null for later ones. */
  waitedSeconds: number | null
  /** It was running: its worker died or fell silent. */
  takenOver: boolean
  /** What earlier attempts left; null when it must be read after the claim. */
  history: RunHistory | null
  /** Its cancel was requested while nobody ran it: there is nothing to do but to settle it. */
  cancelRequested: boolean
}

/** Another delivery took the job over, or it ended: the run that gets this stops and writes nothing more. */
export class ClaimLostError extends Error {
  override readonly name = 'ClaimLostError'
  readonly claim: { jobId: string; jobType: string | undefined; attempt: number }
  constructor(claim: Claim & { jobType?: string }) {
    super(`attempt ${claim.attempt} of job ${claim.jobId} has lost its claim`)
    this.claim = { jobId: claim.jobId, jobType: claim.jobType, attempt: claim.attempt }
  }
}

/**
 * Takes a delivered job. By starting state:
 * - pending: running, `attempt` and `tries` one up.
 * - running under an older delivery (its worker died or fell silent): taken over the same way; the older run is fenced off by
 *   the new `attempt`.
 * - running under this or a newer delivery (this one came late or twice): null.
 * - running without a worker (its children are at work): null.
 * - completed, failed, cancelled, or gone: null.
 *
 * One statement; a first attempt gets the history with it. Not a later one, nor one that had to wait for the row: the statement shows steps
 * and lines as they were when it began, and the attempt before may have finished a step in the meantime.
 *
 * When its commit was not confirmed it may be sent again with the same `token`, by which it knows its own claim.
 */
export async function claimJob(db: Db, delivery: Delivery, token = newId(), faults?: Faults): Promise<ClaimedJob | null> {
  // Tests that stop just before the commit need a transaction to stop in; the statement is the same.
  if (faults === undefined) return await claim(db, delivery, token)
  return await db.transaction().execute(async (trx) => {
    const claimed = await claim(trx, delivery, token)
    if (claimed !== null) await faults.hit('in-claim')
    return claimed
  })
}

async function claim(db: Db, delivery: Delivery, token: string): Promise<ClaimedJob | null> {
  const fresh = sql`case when delivery < ${delivery.number} then 1 else 0 end`
  const result = await sql<{
    job_type: string
    account_id: number | null
    parameters: Record<string, unknown>
    priority: number
    percent_complete: number
    root_job_id: string
    parent_job_id: string | null
    attempt: number
    tries: number
    cancel_requested: boolean
    waited_seconds: number | null
    taken_over: boolean
    history: RunHistory | null
  }>`
      /* prepared claim-job */
      with before as (select id, job_state, claim_token, xmin::text as version from job where id = ${delivery.jobId} for update)
      update job set job_state = 'running', attempt = attempt + ${fresh}, tries = tries + ${fresh}, delivery = ${delivery.number},
        claim_token = ${token}, started_at = coalesce(started_at, now()), updated_at = now()
      from before
      where job.id = ${delivery.jobId} and job.job_state in ('pending', 'running') and not waiting and (delivery < ${delivery.number}
        or delivery = ${delivery.number} and job.claim_token = ${token} and job.job_state = 'running')
      returning job_type, account_id, parameters, priority, percent_complete, root_job_id, parent_job_id, attempt, tries,
        cancel_requested_at is not null as cancel_requested, before.job_state = 'running' and before.claim_token is distinct from ${token} as taken_over,
        case when attempt = 1 then extract(epoch from now() - created_at)::float8 end as waited_seconds,
        case when attempt = 1 and before.version = (select xmin::text from job where id = ${delivery.jobId}) then ${historyOf(delivery.jobId)} end
          as history
    `.execute(db)
  const row = result.rows[0]
  if (row === undefined) return null
  return {
    jobId: delivery.jobId,
    token,
    jobType: row.job_type,
    accountId: row.account_id,
    parameters: row.parameters,
    priority: row.priority,
    percentComplete: row.percent_complete,
    rootJobId: row.root_job_id,
    parentJobId: row.parent_job_id,
    attempt: row.attempt,
    tries: row.tries,
    cancelRequested: row.cancel_requested,
    waitedSeconds: row.waited_seconds,
    takenOver: row.taken_over,
    history: row.history,
  }
}

/**
 * The fence of a transaction: holds the claim's row so that nobody can take the job over before the transaction ends.
 *
 * @throws ClaimLostError when somebody already has.
 */
export async function holdClaim(trx: Db, claim: Claim): Promise<void> {
  const result = await sql`
    select 1 from job where id = ${claim.jobId} and attempt = ${claim.attempt} and job_state = 'running' and not waiting for share
  `.execute(trx)
  if (result.rows.length === 0) throw new ClaimLostError(claim)
}
