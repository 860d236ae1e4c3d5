import type { Clock } from '#lib/clock.ts'
import { codeOf } from '#lib/errors.ts'
import { retry } from '#lib/retry.ts'
import { isConnectionError } from './connection-error.ts'

/**
 * Temporary conditions of the server that fail a correct statement: a serialisation failure, a deadlock, a lock timeout, a prepared
 * statement that a pooler lost, a read-only server, and a lack of disk, memory or connections (class 53).
 */
const PASSING = /^(40001|40P01|55P03|26000|42P05|25006|53...)$/

/**
 * Runs bookkeeping that must not be lost to a database restart, a deadlock or a full disk: retries it for about as long as a lease lasts.
 * Without retries, a restart of three seconds at the wrong moment would make a whole job run again.
 */
export function reachDatabase<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  return retry(work, { attempts: 12, baseMilliseconds: 100, maximumMilliseconds: 3_000, clock, retryable: isPassing })
}

/** Whether an error is due to the state of the server and not to the statement. */
export function isPassing(error: unknown): boolean {
  if (isConnectionError(error)) return true
  return PASSING.test(codeOf(error) ?? '')
}
