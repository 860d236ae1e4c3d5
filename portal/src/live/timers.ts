/** The timers that the live parts need; tests pass their own. */
export interface Timers {
  now(): number
  /** Calls back once after some milliseconds; the function that it returns cancels the call. */
  after(milliseconds: number, callback: () => void): () => void
}

export const browserTimers: Timers = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds)
    return () => clearTimeout(timer)
  },
}
