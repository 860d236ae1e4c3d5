import type { Clock } from './clock.ts'

/** Whether clients are asking at the moment, for work that can leave them a processor. */
export interface ClientActivity {
  /** To be called with each request. */
  note(): void
  /** Whether one came within the last half second. */
  isRecent(): boolean
}

/** A map or a page in use asks more often. */
const RECENT_MILLISECONDS = 500

export function createClientActivity(clock: Pick<Clock, 'monotonic'>): ClientActivity {
  let last = Number.NEGATIVE_INFINITY
  return {
    note() {
      last = clock.monotonic()
    },
    isRecent: () => clock.monotonic() - last < RECENT_MILLISECONDS,
  }
}
