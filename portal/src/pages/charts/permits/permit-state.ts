const DAY = 86_400_000
const SOON = 30

/** Whole days until a permit ends. @param expires its last day, YYYY-MM-DD. @param now milliseconds since the Unix epoch. */
export function daysLeft(expires: string, now: number): number {
  return Math.round((Date.parse(`${expires}T00:00:00Z`) - Math.floor(now / DAY) * DAY) / DAY)
}

/** The state that a permit is shown with: `waiting` when it ends within 30 days. */
export function permitState(expired: boolean, left: number): 'failed' | 'waiting' | 'completed' {
  if (expired) return 'failed'
  return left <= SOON ? 'waiting' : 'completed'
}
