import pLimit from 'p-limit'

/**
 * Calls `work` for each item, at most `concurrency` at once. The first failure stops the rest: items that wait never start, and
 * the signal of those that run aborts. Settles only when no call is running.
 *
 * @param work gets a signal that aborts with `signal` or after the first failure.
 * @throws the first failure, or the reason of `signal` when it aborts.
 */
export async function forEachLimited<T>(
  items: readonly T[],
  { concurrency, signal }: { concurrency: number; signal: AbortSignal },
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failure = new AbortController()
  const stop = AbortSignal.any([signal, failure.signal])
  const limit = pLimit(Math.max(1, concurrency))
  await Promise.all(
    items.map((item) =>
      limit(async () => {
        try {
          stop.throwIfAborted()
          await work(item, stop)
        } catch (error) {
          failure.abort(error)
        }
      }),
    ),
  )
  stop.throwIfAborted()
}
