import type { Clock } from './clock.ts'

export interface RetryOptions {
  /** Number of tries, including the first. */
  attempts: number
  /** Longest wait before the second try, in milliseconds; it doubles with each further try. */
  baseMilliseconds: number
  maximumMilliseconds: number
  clock: Clock
  signal?: AbortSignal
  /** Returns false for an error that another try cannot fix. */
  retryable(error: unknown): boolean
  /** Called before each wait. */
  onRetry?(error: unknown, attempt: number, waitMilliseconds: number): void
  random?: () => number
}

/**
 * Calls `work` until it succeeds, with exponential backoff and jitter, so that clients that failed together do not retry together.
 *
 * @throws the last error of `work`, or the signal's reason.
 */
export async function retry<T>(work: (attempt: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const random = options.random ?? Math.random
  for (let attempt = 1; ; attempt++) {
    options.signal?.throwIfAborted()
    try {
      return await work(attempt)
    } catch (error) {
      if (options.signal?.aborted) throw options.signal.reason
      if (attempt >= options.attempts || !options.retryable(error)) throw error
      const ceiling = Math.min(options.maximumMilliseconds, options.baseMilliseconds * 2 ** (attempt - 1))
      const pause = Math.round(ceiling / 2 + (ceiling / 2) * random())
      options.onRetry?.(error, attempt, pause)
      await options.clock.sleep(pause, options.signal)
    }
  }
}
