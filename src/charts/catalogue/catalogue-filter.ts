import { type Box, boxesOverlap } from '#geo/box.ts'
import type { CatalogueEntry } from './catalogue.ts'

/** Which cells of the catalogue to hold: those that fit any of the names, states or boxes. */
export interface CatalogueFilter {
  /** Cell names; `*` stands for any run of characters. */
  names: readonly string[]
  /** State codes of the catalogue, such as GA. */
  states: readonly string[]
  /** [west, south, east, north] in degrees; west is greater than east when the box crosses the antimeridian. */
  boxes: readonly Box[]
}

/** Whether the filter selects the cell; no filter selects all. */
export function matchesFilter(cell: CatalogueEntry, filter: CatalogueFilter | null): boolean {
  if (filter === null) return true
  const { box } = cell
  return (
    filter.names.some((pattern) => matchesPattern(cell.name, pattern.toUpperCase())) ||
    filter.states.some((state) => cell.states.includes(state.toUpperCase())) ||
    (box !== null && filter.boxes.some((wanted) => boxesOverlap(wanted, box)))
  )
}

/** `*` is the only wildcard. Linear: the text between two stars is found from the left, so no pattern can backtrack. */
function matchesPattern(name: string, pattern: string): boolean {
  const parts = pattern.split('*')
  const [first = ''] = parts
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
