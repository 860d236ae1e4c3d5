/** How the page currently learns of changes; `since` is when the last response came, by the local clock. */
export type Freshness =
  | { kind: 'connecting' }
  | { kind: 'live' }
  | { kind: 'polling'; everySeconds: number }
  | { kind: 'reconnecting' }
  | { kind: 'offline'; since: number }

/** Whether two states read the same, so that the pill need not render again. */
export function sameFreshness(one: Freshness, other: Freshness): boolean {
  if (one.kind === 'polling' && other.kind === 'polling') return one.everySeconds === other.everySeconds
  if (one.kind === 'offline' && other.kind === 'offline') return one.since === other.since
  return one.kind === other.kind
}
