import type { Clock } from '#lib/clock.ts'

/** A value that is expensive to read, and when it was read. */
export interface CachedFigure<T> {
  /**
   * The last value, which is read again in the background when it is old. The first call waits for it, but not long.
   *
   * @returns null while there is no value yet.
   */
  get(): Promise<{ value: T; at: number } | null>
}

export interface CachedFigureOptions<T> {
  clock: Clock
  /** Milliseconds after which a value is old. */
  maximumAge: number
  /** Milliseconds that the first call waits. */
  firstWait: number
  read(): Promise<T>
}

/** Keeps a value so that requests do not pay for it. A failed read keeps the last value and is repeated by the next call. */
export function createCachedFigure<T>({ clock, maximumAge, firstWait, read }: CachedFigureOptions<T>): CachedFigure<T> {
  let last: { value: T; at: number } | null = null
  let reading: Promise<void> | null = null

  function refresh(): Promise<void> {
    reading ??= read()
      .then((value) => {
        last = { value, at: clock.now() }
      })
      .catch(() => {})
      .finally(() => {
        reading = null
      })
    return reading
  }

  return {
    async get() {
      const isOld = last === null || clock.now() - last.at > maximumAge
      const refreshed = isOld ? refresh() : null
      if (last === null && refreshed !== null) {
        const timer = new AbortController()
        await Promise.race([refreshed, clock.sleep(firstWait, timer.signal).catch(() => {})])
        timer.abort()
      }
      return last
    },
  }
}
