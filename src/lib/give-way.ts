import type { WaitingRequests } from './client-activity.ts'
import { type Clock, systemClock } from './clock.ts'

/** The longest pause in milliseconds; most responses take a few. */
const LONGEST_REST = 20

/**
 * Returns a function that long work calls often and that pauses the thread while requests wait for a short response: with few cores, the
 * kernel would make each step of a response wait until this thread has used up its time slice. A pause lasts at most 20 ms and is followed
 * by as much work, so that under constant load the work takes twice as long but still ends.
 */
export function createGiveWay(
  waiting: WaitingRequests,
  { longestRest = LONGEST_REST, clock = systemClock }: { longestRest?: number; clock?: Pick<Clock, 'monotonic'> } = {},
): () => void {
  let workUntil = 0
  return () => {
    if (Atomics.load(waiting, 0) === 0) return
    const begun = clock.monotonic()
    if (begun < workUntil) return
    let now = begun
    for (;;) {
      const requests = Atomics.load(waiting, 0)
      const left = begun + longestRest - now
      if (requests === 0 || left <= 0) break
      Atomics.wait(waiting, 0, requests, left)
      now = clock.monotonic()
    }
    workUntil = now + (now - begun)
  }
}
