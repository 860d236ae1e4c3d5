import type { Clock } from '#lib/clock.ts'
import { codeOf } from '#lib/errors.ts'
import { retry } from '#lib/retry.ts'
import { isConnectionError } from './connection-error.ts'

/**
 * Conditions of the server that pass while the statement is right: a serialisation failure, a deadlock, no lock in time, a prepared
 * statement that a pooler lost, and a lack of disk, memory or connections (class 53).
 */
const PASSING = /^(40001|40P01|55P03|26000|42P05|53...)$/

/**
 * Runs bookkeeping that must not be lost to a database restart, a deadlock or a full disk: tries again while that lasts, for
 * about as long as the claim's lease. Without it, a restart of three seconds at the wrong moment repeats a whole job.
 */
export function reachDatabase<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  return retry(work, { attempts: 12, baseMilliseconds: 100, maximumMilliseconds: 3_000, clock, retryable: isPassing })
}

/** True for an error that tells of the server's condition, not of the statement. */
export function isPassing(error: unknown): boolean {
  if (isConnectionError(error)) return true
  return PASSING.test(codeOf(error) ?? '')
}
