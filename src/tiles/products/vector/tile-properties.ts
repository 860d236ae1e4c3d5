import { drawnClassName, ORIGINAL_KEY, objectClassName } from '#compiled/format/catalogue-lookup.ts'
import { type CompiledCell, DANGER, FLAG, NO_DEPTH, VALUE } from '#compiled/format/compiled-cell.ts'
import { visitDerived } from '#compiled/read/visit-derived.ts'
import { ATTRIBUTES } from '#s57/data/attributes.ts'
import type { TileValue } from '#tiles/mvt/tile-layer.ts'

/** Sources of the data: on nearly every feature, never drawn, and available from the feature query. */
const LEFT_OUT = new Set(['SORDAT', 'SORIND', 'RECDAT', 'RECIND', 'PICREP', 'TXTDSC', 'NTXTDS', ORIGINAL_KEY])

/**
 * The properties of a feature in a tile (docs/tiles.md): attributes under their S-57 acronyms, numbers as numbers, lists as strings
 * (`1,3`), none without a value; and under names in lower case what the compiler has derived.
 */
export function tileProperties(cell: CompiledCell, feature: number): ReadonlyMap<string, TileValue> {
  const properties = new Map<string, TileValue>()
  for (let i = cell.attributeStart[feature]!; i < cell.attributeStart[feature + 1]!; i++) {
    const value = cell.attributeValue[i]!
    const kind = cell.valueKind[value]
    if (kind === VALUE.empty) continue
    const key = cell.text(cell.attributeKey[i]!)
    if (LEFT_OUT.has(key)) continue
    properties.set(key, kind === VALUE.number ? cell.valueNumber[value]! : cell.text(cell.valueText[value]!))
  }
  addDepths(cell, feature, properties)
  visitDerived(cell, feature, (name, value) => properties.set(name, value))
  return properties
}

const TEXTS = new Set([...ATTRIBUTES.values()].filter(({ type }) => type === 'free text').map(({ acronym }) => acronym))

/** The properties of a boundary of an area in a tile: its class and those of the area, without texts. */
export function areaLineProperties(cell: CompiledCell, feature: number): ReadonlyMap<string, TileValue> {
  const properties = new Map<string, TileValue>([['class', drawnClassName(objectClassName(cell.objectClass[feature]!))]])
  for (const [key, value] of tileProperties(cell, feature)) if (!TEXTS.has(key)) properties.set(key, value)
  return properties
}

function addDepths(cell: CompiledCell, feature: number, properties: Map<string, TileValue>): void {
  const own = metres(cell.ownDepth[feature]!)
  if (own === null) return
  const beside = metres(cell.besideDepth[feature]!)
  const danger = cell.dangerClass[feature]!
  if (danger === DANGER.none) {
    if (isDepthBoundary(cell, feature)) properties.set('VALDCO', own)
    if (beside !== null) properties.set('valdcoPrev', beside)
    return
  }
  properties.set('depth', own)
  if (danger === DANGER.assumed) properties.set('depthAssumed', true)
  if (beside !== null) properties.set('depthAround', beside)
}

/** Whether a line is the border of two depth areas where the chart has no contour. */
export function isDepthBoundary(cell: CompiledCell, feature: number): boolean {
  return (cell.featureFlags[feature]! & FLAG.depthBoundary) !== 0
}

function metres(millimetres: number): number | null {
  return millimetres === NO_DEPTH ? null : millimetres / 1000
}
