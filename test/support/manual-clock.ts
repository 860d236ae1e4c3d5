import type { Clock } from '#lib/clock.ts'

export interface ManualClock extends Clock {
  /** Moves both clocks forward. */
  advance(milliseconds: number): void
}

/** A clock that only `advance` and `sleep` move. */
export function createManualClock(start = Date.UTC(2026, 0, 15, 8)): ManualClock {
  let passed = 0
  return {
    now: () => start + passed,
    monotonic: () => passed,
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted()
      passed += milliseconds
    },
    advance(milliseconds) {
      passed += milliseconds
    },
  }
}
