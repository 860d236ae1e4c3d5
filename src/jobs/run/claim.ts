import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { TransactionMark } from '#db/transaction-mark.ts'
import type { RunHistory } from './run-history.ts'

/** A run's right to write. It is valid while the row is running under the same attempt. */
export interface Claim {
  readonly jobId: string
  readonly attempt: number
}

/** A claim with what the run needs to know about its job. */
export interface ClaimedJob extends Claim {
  /** Unique to this claim: tells the work of this run from that of another. */
  token: string
  jobType: string
  accountId: number | null
  /** As stored; the job type parses them. */
  parameters: Record<string, unknown>
  priority: number
  percentComplete: number
  rootJobId: string
  parentJobId: string | null
  /** Tries used, including this one. */
  tries: number
  /** How often a process that ran the job ended because memory was short. */
  memoryLosses: number
  /** Seconds from the job's creation to its first run; null for later runs. */
  waitedSeconds: number | null
  /** The job was running: its earlier worker died or fell silent. */
  takenOver: boolean
  /** What earlier attempts left behind; null when it must be read after the claim. */
  history: RunHistory | null
  /** The job was cancelled while no worker had it: settle it without running anything. */
  cancelRequested: boolean
}

/** Another delivery took the job over, or the job ended. The run must stop and write nothing more. */
export class ClaimLostError extends Error {
  override readonly name = 'ClaimLostError'
  readonly claim: { jobId: string; jobType: string | undefined; attempt: number }
  constructor(claim: Claim & { jobType?: string }) {
    super(`attempt ${claim.attempt} of job ${claim.jobId} has lost its claim`)
    this.claim = { jobId: claim.jobId, jobType: claim.jobType, attempt: claim.attempt }
  }
}

/** The condition on `job` that a claim is still valid. */
export function claimIsValid(claim: Claim) {
  return sql`id = ${claim.jobId} and attempt = ${claim.attempt} and job_state = 'running' and not waiting`
}

/**
 * Fences a transaction: locks the claim's row, so that no other run can take the job over before the transaction ends.
 *
 * @throws ClaimLostError when another run already has.
 */
export async function lockClaim(trx: Db, claim: Claim): Promise<void> {
  const { rows } = await sql`select 1 from job where ${claimIsValid(claim)} for share`.execute(trx)
  if (rows.length === 0) throw new ClaimLostError(claim)
}

/** The same in the statement that leaves the mark of the transaction. */
export async function lockClaimAndMark(trx: Db, claim: Claim, mark: TransactionMark): Promise<void> {
  const { rows } = await sql<{ transaction: string }>`
    with mark as (${mark.statement}) select mark.transaction from job, mark where ${claimIsValid(claim)} for share of job
  `.execute(trx)
  const [row] = rows
  if (row === undefined) throw new ClaimLostError(claim)
  mark.written(row.transaction)
}
