import type { WaitingRequests } from './client-activity.ts'
import { type Clock, systemClock } from './clock.ts'

/** The longest rest in milliseconds; most answers take a few. */
const LONGEST_REST = 20

/**
 * Makes a thread give way: the result is called often during long work and rests while requests wait for a short answer, because where
 * cores are few the kernel makes each step of an answer wait until this thread has used up its slice. Rests at most 20 ms at once, and
 * then works for as long as it has rested: under constant load the work takes twice as long and still ends.
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
