import { setTimeout as wait } from 'node:timers/promises'

/** Time as the product sees it. Tests pass a clock of their own instead of waiting. */
export interface Clock {
  /** Wall-clock milliseconds since the Unix epoch: for showing, never for measuring. */
  now(): number
  /** Milliseconds of a clock that never jumps: for durations. */
  monotonic(): number
  /** Resolves after so many milliseconds; rejects with the signal's reason when it aborts first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(milliseconds, signal) {
    try {
      await wait(milliseconds, undefined, signal ? { signal } : undefined)
    } catch (error) {
      throw signal?.aborted ? signal.reason : error
    }
  },
}
