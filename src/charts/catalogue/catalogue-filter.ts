import { type Box, boxesOverlap } from '#geo/box.ts'
import type { CatalogueEntry } from './catalogue.ts'

/** Selects the catalogue entries that match any of the names, states or boxes. */
export interface CatalogueFilter {
  /** Cell names; `*` stands for any run of characters. */
  names: readonly string[]
  /** State codes of the catalogue, such as GA. */
  states: readonly string[]
  /** [west, south, east, north] in degrees; west is greater than east when the box crosses the antimeridian. */
  boxes: readonly Box[]
}

/** Whether the filter selects the entry; null selects every entry. */
export function matchesFilter(entry: CatalogueEntry, filter: CatalogueFilter | null): boolean {
  if (filter === null) return true
  const { box } = entry
  return (
    filter.names.some((pattern) => matchesPattern(entry.name, pattern.toUpperCase())) ||
    filter.states.some((state) => entry.states.includes(state.toUpperCase())) ||
    (box !== null && filter.boxes.some((wanted) => boxesOverlap(wanted, box)))
  )
}

/** `*` is the only wildcard. Runs in linear time: it finds the text between two stars from the left and never backtracks. */
function matchesPattern(name: string, pattern: string): boolean {
  const parts = pattern.split('*')
  const first = parts.at(0) ?? ''
  if (parts.length === 1) return name === pattern
  const last = parts.at(-1) ?? ''
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false
  let at = first.length
  const end = name.length - last.length
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at)
    if (found < 0 || found + part.length > end) return false
    at = found + part.length
  }
  return true
}
