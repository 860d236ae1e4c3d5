import pLimit from 'p-limit'

export interface LimitOptions {
  /** How many items are worked on at once; less than 1 counts as 1. */
  concurrency: number
  signal: AbortSignal
}

/**
 * Works on items concurrently, in their order. The first error stops the rest: items not yet started are skipped, and the signal
 * passed to `work` aborts for those in progress.
 *
 * @returns when no work is in progress any more.
 * @throws the first error of `work`, or the signal's reason.
 */
export async function forEachLimited<T>(
  items: readonly T[],
  options: LimitOptions,
  work: (item: T, stopping: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController()
  const stopping = AbortSignal.any([options.signal, stop.signal])
  const limit = pLimit(Math.max(1, options.concurrency))
  const workOrStop = async (item: T) => {
    try {
      stopping.throwIfAborted()
      await work(item, stopping)
    } catch (error) {
      stop.abort(error)
    }
  }
  await Promise.all(items.map((item) => limit(workOrStop, item)))
  stopping.throwIfAborted()
}
