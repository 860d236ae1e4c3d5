import { setTimeout as wait } from 'node:timers/promises'
import { timerDelay } from './timer-delay.ts'

/** The source of time. Tests pass their own clock instead of waiting. */
export interface Clock {
  /** Wall-clock milliseconds since the Unix epoch: for display, never for durations. */
  now(): number
  /** Milliseconds of a clock that never jumps: for durations. */
  monotonic(): number
  /** Resolves after the given time; rejects with the signal's reason when it aborts first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(milliseconds, signal) {
    try {
      await wait(timerDelay(milliseconds), undefined, signal ? { signal } : undefined)
    } catch (error) {
      throw signal?.aborted ? signal.reason : error
    }
  },
}
