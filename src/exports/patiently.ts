import type { Clock } from '#lib/clock.ts'
import { AppError } from '#lib/errors.ts'

/** Clients come first: a pack waits this long for a free thread before it asks again. */
const BUSY_MILLISECONDS = 500
const MOST_WAITS = 600

/** Makes something with the threads that draw tiles, and waits while too many tiles wait for them. */
export async function patiently<T>(clock: Clock, signal: AbortSignal, make: () => Promise<T>): Promise<T> {
  for (let waits = 0; ; waits++) {
    try {
      return await make()
    } catch (error) {
      const isBusy = error instanceof AppError && error.code === 'TILES_BUSY'
      if (!isBusy || waits === MOST_WAITS) throw error
      await clock.sleep(BUSY_MILLISECONDS, signal)
    }
  }
}
