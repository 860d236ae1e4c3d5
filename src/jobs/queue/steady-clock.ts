import { timerDelay } from '#lib/timer-delay.ts'

/** The time and timers of the queue: what pg-boss calls a `Clock`. */
export interface SteadyClock {
  now(): number
  setTimeout(callback: () => void, milliseconds: number): NodeJS.Timeout
  clearTimeout(handle: unknown): void
  setInterval(callback: () => void, milliseconds: number): NodeJS.Timeout
  clearInterval(handle: unknown): void
}

/**
 * Builds a clock that starts at the wall clock's time and then never jumps. pg-boss waits for differences of `now()`: with the wall clock,
 * one that is set back by a day would stop its workers for a day, and one set back by years would overflow its timers, which then fire
 * every millisecond. pg-boss compares `now()` with the database's clock itself and corrects for the difference.
 */
export function createSteadyClock(): SteadyClock {
  const startedAt = Date.now() - performance.now()
  return {
    now: () => Math.round(startedAt + performance.now()),
    setTimeout: (callback, milliseconds) => setTimeout(callback, timerDelay(milliseconds)),
    clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
    setInterval: (callback, milliseconds) => setInterval(callback, timerDelay(milliseconds)),
    clearInterval: (handle) => clearInterval(handle as NodeJS.Timeout),
  }
}
