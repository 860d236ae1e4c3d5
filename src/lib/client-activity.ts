import type { Clock } from './clock.ts'

/** The number of requests that wait for a short answer; shared with threads that give way to them (`createGiveWay`). */
export type WaitingRequests = Int32Array<SharedArrayBuffer>

/** Whether clients are sending requests at the moment, so that background work can leave them a processor. */
export interface ClientActivity {
  /** Call this for each request. @returns a function to call once the request has been answered; further calls do nothing. */
  arrived(): () => void
  /** Whether one came within the last half second. */
  isRecent(): boolean
  readonly waitingRequests: WaitingRequests
}

/** A map or a page in use asks more often. */
const RECENT_MILLISECONDS = 500
/** A response that takes longer is a stream, or work that giving way would not speed up. */
const SHORT_MILLISECONDS = 50

export function createClientActivity(clock: Pick<Clock, 'monotonic'>): ClientActivity {
  const waitingRequests: WaitingRequests = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  /** When each waiting request arrived, by its number, the oldest first. */
  const arrivals = new Map<number, number>()
  let lastNumber = 0
  let last = Number.NEGATIVE_INFINITY
  let looking: NodeJS.Timeout | null = null

  function forget(request: number): void {
    if (!arrivals.delete(request)) return
    Atomics.store(waitingRequests, 0, arrivals.size)
    if (arrivals.size === 0) Atomics.notify(waitingRequests, 0)
  }

  function forgetLong(): void {
    const latest = clock.monotonic() - SHORT_MILLISECONDS
    for (const [request, arrival] of arrivals) {
      if (arrival > latest) break
      forget(request)
    }
    if (arrivals.size > 0 || looking === null) return
    clearInterval(looking)
    looking = null
  }

  return {
    waitingRequests,
    arrived() {
      last = clock.monotonic()
      const request = ++lastNumber
      arrivals.set(request, last)
      Atomics.store(waitingRequests, 0, arrivals.size)
      looking ??= setInterval(forgetLong, SHORT_MILLISECONDS).unref()
      return () => forget(request)
    },
    isRecent: () => clock.monotonic() - last < RECENT_MILLISECONDS,
  }
}
