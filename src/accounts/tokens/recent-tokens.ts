import type { Clock } from '#lib/clock.ts'

/**
 * What was found about tokens a moment ago, so that the hundreds of tiles of a map and the polls of a portal do not each query the
 * database.
 */
export interface RecentTokens<T> {
  /** What `find` gives for a token, at most `RECENT_MILLISECONDS` old. What is not found (null) is not remembered. */
  get(bearer: string, find: () => Promise<T | null>): Promise<T | null>
  /** What `get` would resolve to when it is remembered; else null. */
  peek(bearer: string): T | null
  /** Forgets all: to be called when a token or session has been changed or deleted here. */
  forget(): void
}

/** How long a token that another process has revoked can still read. */
export const RECENT_MILLISECONDS = 1_000

const MOST = 1_000

export function createRecentTokens<T>(clock: Clock): RecentTokens<T> {
  const found = new Map<string, { answer: Promise<T | null>; found: T | null; at: number }>()
  const isRecent = ({ at }: { at: number }) => clock.monotonic() - at < RECENT_MILLISECONDS

  return {
    get(key, find) {
      const known = found.get(key)
      if (known !== undefined && isRecent(known)) return known.answer
      // Keeps the promise, not its value: concurrent callers share one query, and `forget` also drops a query under way.
      const entry = { answer: find(), found: null as T | null, at: clock.monotonic() }
      const drop = () => {
        if (found.get(key) === entry) found.delete(key)
      }
      entry.answer.then((token) => {
        if (token === null) drop()
        entry.found = token
      }, drop)
      found.delete(key)
      found.set(key, entry)
      for (const oldest of found.keys()) {
        if (found.size <= MOST) break
        found.delete(oldest)
      }
      return entry.answer
    },
    peek(key) {
      const known = found.get(key)
      return known !== undefined && isRecent(known) ? known.found : null
    },
    forget() {
      found.clear()
    },
  }
}
