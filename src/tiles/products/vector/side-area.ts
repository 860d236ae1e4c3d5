import { drawnClassName, objectClassName } from '#compiled/format/catalogue-lookup.ts'
import { attributeText } from '#compiled/read/attribute-values.ts'
import type { DrawnObject } from '#tiles/draw/drawn-object.ts'
import { type SideArea, UNSAFE } from './border-depths.ts'

/** Of a depth area without DRVAL1 (S-52 DEPARE03), in metres. */
const UNKNOWN_DEPTH = -1
/** Land beside inland water makes no safety contour (S-52 DEPARE03). */
const INLAND = new Set(['RIVERS', 'LAKARE', 'CANALS', 'DOCARE', 'LOKBSN'])

/** The area as a side of a depth boundary; null for objects that are no such side. */
export function sideAreaOf({ cell, feature, geometry }: DrawnObject): SideArea | null {
  if (geometry.type !== 'polygon') return null
  const { polygons } = geometry
  const acronym = drawnClassName(objectClassName(cell.objectClass[feature]!))
  if (INLAND.has(acronym)) return { depth: null, polygons }
  if (acronym === 'LNDARE' || acronym === 'UNSARE') return { depth: UNSAFE, polygons }
  if (acronym !== 'DEPARE' && acronym !== 'DRGARE') return null
  const text = attributeText(cell, feature, 'DRVAL1')
  return { depth: text === null ? UNKNOWN_DEPTH : Math.round(Number(text) * 1000) / 1000, polygons }
}
