import type { Clock } from '#lib/clock.ts'

export interface FailureLimiter {
  /**
   * Takes one try of a key before it is known whether it will fail, so that tries sent at the same moment count as well.
   *
   * @returns 0 when the try may proceed, otherwise the milliseconds to wait; then nothing was taken.
   */
  take(key: string): number
  /** Returns a try that did not fail. */
  giveBack(key: string): void
  /** Keys remembered now. */
  readonly size: number
}

export interface FailureLimiterOptions {
  clock: Clock
  /** Failures a key may have in a row. */
  burst: number
  /** Milliseconds after which one more failure is allowed. */
  refillMilliseconds: number
  /** Keys kept; beyond this number, the least recently seen is forgotten. */
  maximumKeys: number
}

interface Bucket {
  used: number
  at: number
}

/** A token bucket for each key, in memory and bounded. Meant for failures: a caller that succeeds gives its try back. */
export function createFailureLimiter({ clock, burst, refillMilliseconds, maximumKeys }: FailureLimiterOptions): FailureLimiter {
  // Insertion order is the order of use: each touch moves a key to the end.
  const buckets = new Map<string, Bucket>()

  function touch(key: string): Bucket {
    const now = clock.monotonic()
    const old = buckets.get(key)
    const used = old === undefined ? 0 : Math.max(0, old.used - (now - old.at) / refillMilliseconds)
    const bucket = { used, at: now }
    buckets.delete(key)
    buckets.set(key, bucket)
    if (buckets.size > maximumKeys) {
      const oldest = buckets.keys().next()
      if (!oldest.done) buckets.delete(oldest.value)
    }
    return bucket
  }

  return {
    take(key) {
      const bucket = touch(key)
      const excess = bucket.used + 1 - burst
      // Fractions of a try add up with rounding errors; a millionth of one is nothing.
      if (excess > 1e-6) return Math.ceil((excess - 1e-6) * refillMilliseconds)
      bucket.used += 1
      return 0
    },
    giveBack(key) {
      if (!buckets.has(key)) return
      const bucket = touch(key)
      bucket.used = Math.max(0, bucket.used - 1)
    },
    get size() {
      return buckets.size
    },
  }
}
