/** The server's time as this browser can know it. */
export interface ServerClock {
  /** Milliseconds since the Unix epoch, by the server's clock. */
  now(): number
  /** Learns from a response: its Date header, and the local times at which the request was sent and the response arrived. */
  learn(date: string | null, sentAt: number, receivedAt: number): void
}

/**
 * A clock that follows the server's, so that a tablet whose clock is hours off still shows true ages. A Date header names a whole second,
 * and the response was written between sending and receiving, which bounds the offset from both sides. Each response narrows the bounds;
 * one that contradicts them (a clock was set) starts again.
 */
export function createServerClock(localNow: () => number): ServerClock {
  let low = Number.NEGATIVE_INFINITY
  let high = Number.POSITIVE_INFINITY

  function offset(): number {
    return Number.isFinite(low) && Number.isFinite(high) ? (low + high) / 2 : 0
  }

  return {
    now: () => Math.round(localNow() + offset()),
    learn(date, sentAt, receivedAt) {
      const second = date === null ? Number.NaN : Date.parse(date)
      if (Number.isNaN(second)) return
      const least = second - receivedAt
      const most = second + 1_000 - sentAt
      const contradicts = least > high || most < low
      low = contradicts ? least : Math.max(low, least)
      high = contradicts ? most : Math.min(high, most)
    },
  }
}
