/** How the page currently learns of changes; times are by the clock of the timers or of the server, as the last response gave it. */
export type Freshness =
  | { kind: 'connecting' }
  | { kind: 'live' }
  | { kind: 'polling'; everySeconds: number }
  | { kind: 'reconnecting' }
  /** Nothing responds; `since` is when the last response came. */
  | { kind: 'offline'; since: number }
  /** Something responds, but with an error to everything; `since` is when the server last fulfilled a request. */
  | { kind: 'refused'; status: number; since: number; againAt: number }

/** Whether two states read the same, so that the pill need not render again. */
export function sameFreshness(one: Freshness, other: Freshness): boolean {
  if (one.kind === 'polling' && other.kind === 'polling') return one.everySeconds === other.everySeconds
  if (one.kind === 'offline' && other.kind === 'offline') return one.since === other.since
  if (one.kind === 'refused' && other.kind === 'refused')
    return one.status === other.status && one.since === other.since && one.againAt === other.againAt
  return one.kind === other.kind
}
