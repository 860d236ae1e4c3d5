import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { Delivery } from './boss.ts'

/** A run's right to write: valid while the row is running under the same attempt. */
export interface Claim {
  readonly jobId: string
  readonly attempt: number
}

export interface ClaimedJob extends Claim {
  jobType: string
  accountId: number | null
  parameters: Record<string, unknown>
  percentComplete: number
  /** Tries that count, this one included. */
  tries: number
}

/** Another delivery took the job over, or it ended: the run that gets this stops and writes nothing more. */
export class ClaimLostError extends Error {
  override readonly name = 'ClaimLostError'
  constructor(claim: Claim) {
    super(`attempt ${claim.attempt} of job ${claim.jobId} has lost its claim`)
  }
}

/**
 * Takes a delivered job. By starting state:
 * - pending: running, `attempt` and `tries` one up.
 * - running under an older delivery (its worker died or fell silent): taken over the same way; the older run is fenced off by
 *   the new `attempt`.
 * - running under this or a newer delivery (this one came late or twice): null.
 * - cancel requested, completed, failed, cancelled, or gone: null.
 */
export async function claimJob(db: Db, delivery: Delivery): Promise<ClaimedJob | null> {
  const result = await sql<{
    job_type: string
    account_id: number | null
    parameters: Record<string, unknown>
    percent_complete: number
    attempt: number
    tries: number
  }>`
    update job set job_state = 'running', attempt = attempt + 1, tries = tries + 1, delivery = ${delivery.number},
      started_at = coalesce(started_at, now()), updated_at = now()
    where id = ${delivery.jobId} and job_state in ('pending', 'running') and delivery < ${delivery.number}
      and cancel_requested_at is null
    returning job_type, account_id, parameters, percent_complete, attempt, tries
  `.execute(db)
  const row = result.rows[0]
  if (row === undefined) return null
  return {
    jobId: delivery.jobId,
    jobType: row.job_type,
    accountId: row.account_id,
    parameters: row.parameters,
    percentComplete: row.percent_complete,
    attempt: row.attempt,
    tries: row.tries,
  }
}

/**
 * The fence of a transaction: holds the claim's row so that nobody can take the job over before the transaction ends.
 *
 * @throws ClaimLostError when somebody already has.
 */
export async function holdClaim(trx: Db, claim: Claim): Promise<void> {
  const result = await sql`
    select 1 from job where id = ${claim.jobId} and attempt = ${claim.attempt} and job_state = 'running' for share
  `.execute(trx)
  if (result.rows.length === 0) throw new ClaimLostError(claim)
}
