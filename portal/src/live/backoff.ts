export interface BackoffOptions {
  /** The shortest and longest wait, in milliseconds. */
  shortest: number
  longest: number
  /** From 0 to below 1; `Math.random` by default. */
  random?: () => number
}

/**
 * The wait before another try: doubles with each failure, with jitter so that a hundred windows do not return in one instant.
 *
 * @param failures failed tries in a row, from 1.
 * @param floor what the server asked for (`retry`, Retry-After), in milliseconds; the wait is never shorter.
 */
export function backoff(failures: number, floor: number, { shortest, longest, random = Math.random }: BackoffOptions): number {
  const full = Math.min(longest, shortest * 2 ** Math.max(0, failures - 1))
  const jittered = full / 2 + (full / 2) * random()
  return Math.round(Math.max(jittered, Math.min(floor, longest), shortest))
}
