import { NEVER_DRAWN } from './never-drawn.ts'
import { parseRow } from './parse-row.ts'
import type { Portrayal, Primitive, SymbolSet } from './row.ts'
import { TABLE_KEYS, tableSteps } from './table-steps.ts'

export type { Portrayal, PortrayalRow, Primitive, SymbolSet } from './row.ts'

const UNKNOWN = '(unknown)'
const classes: ReadonlySet<string> = new Set(TABLE_KEYS.map(({ objectClass }) => objectClass))
const parsed = new Map<string, Portrayal | null>()

/**
 * How to draw the objects of a class with one primitive. Null when they are never drawn: for the classes of `NEVER_DRAWN`, and when S-57
 * does not give the class this primitive. A class that S-57 does not know gets a question mark.
 *
 * Besides acronyms, `objectClass` may be a layer of the tiles or of the style: `(background)`, `(basemap_land)`, `(chart_cells)` and
 * `(depth_boundaries)`.
 */
export function portrayalOf(objectClass: string, primitive: Primitive, set: SymbolSet): Portrayal | null {
  const key = `${objectClass} ${primitive} ${set}`
  const known = parsed.get(key)
  if (known !== undefined) return known
  const portrayal = parse(classes.has(objectClass) || NEVER_DRAWN.has(objectClass) ? objectClass : UNKNOWN, primitive, set)
  if (classes.has(objectClass)) parsed.set(key, portrayal)
  return portrayal
}

/** Acronyms of the classes that are drawn, sorted. */
export function portrayedClasses(): readonly string[] {
  return [...classes].filter((name) => !name.startsWith('(')).toSorted()
}

function parse(objectClass: string, primitive: Primitive, set: SymbolSet): Portrayal | null {
  const steps = tableSteps(objectClass, primitive, set)
  return steps === null ? null : { rows: steps.rows.map(parseRow), also: steps.also.map((list) => list.map(parseRow)) }
}
