import { isConnectionError } from '#db/connection-error.ts'
import type { Clock } from '#lib/clock.ts'
import { retry } from '#lib/retry.ts'

/**
 * Runs bookkeeping that must not be lost to a database restart: tries again while the database cannot be reached, for about
 * as long as the claim's lease lasts. Without it, a restart of three seconds at the wrong moment repeats a whole job.
 */
export function reachDatabase<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  return retry(work, { attempts: 12, baseMilliseconds: 100, maximumMilliseconds: 3_000, clock, retryable: isConnectionError })
}
