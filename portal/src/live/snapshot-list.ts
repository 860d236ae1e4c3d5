/** A list whose rows stay in place: the ids on screen, and those that wait to be shown. */
export interface Snapshot {
  readonly shown: readonly string[]
  /** Ids that arrived since, newest first. */
  readonly fresh: readonly string[]
}

export const EMPTY_SNAPSHOT: Snapshot = { shown: [], fresh: [] }

/** An id that belongs in the list has arrived: it waits, unless it is already there. */
export function arrive(list: Snapshot, id: string): Snapshot {
  if (list.shown.includes(id) || list.fresh.includes(id)) return list
  return { shown: list.shown, fresh: [id, ...list.fresh] }
}

/** An id that waited left the list before it was ever shown. */
export function withdraw(list: Snapshot, id: string): Snapshot {
  return list.fresh.includes(id) ? { shown: list.shown, fresh: list.fresh.filter((other) => other !== id) } : list
}

/** Shows an id at once, on top: for what the user has just started. */
export function reveal(list: Snapshot, id: string): Snapshot {
  if (list.shown.includes(id)) return list
  return { shown: [id, ...list.shown], fresh: list.fresh.filter((other) => other !== id) }
}

/** The first page was read again: rows stay where they are, and unknown ids wait. */
export function merge(list: Snapshot, page: readonly string[]): Snapshot {
  const last = page.findLastIndex((id) => list.shown.includes(id))
  // Below the last known row are older ones, which belong to the pages that follow.
  const unknown = page.slice(0, last < 0 ? page.length : last).filter((id) => !list.shown.includes(id))
  if (list.shown.length === 0) return { shown: [...page], fresh: [] }
  const fresh = [...unknown, ...list.fresh.filter((id) => !unknown.includes(id))]
  return { shown: list.shown, fresh }
}

/** Older rows, below. */
export function append(list: Snapshot, ids: readonly string[]): Snapshot {
  const known = new Set([...list.shown, ...list.fresh])
  return { shown: [...list.shown, ...ids.filter((id) => !known.has(id))], fresh: list.fresh }
}

/** Shows what waits and removes what no longer belongs. */
export function settle(list: Snapshot, belongs: (id: string) => boolean): Snapshot {
  const shown = [...list.fresh, ...list.shown].filter(belongs)
  const same = list.fresh.length === 0 && shown.length === list.shown.length
  return same ? list : { shown, fresh: [] }
}
