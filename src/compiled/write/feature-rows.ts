import type { Feature } from '#s57/cell.ts'
import { OBJECT_CLASSES } from '#s57/data/object-classes.ts'
import { millimetresOf } from './attribute-numbers.ts'

/** A line between two depths where the file has no contour. */
export interface DepthBoundary {
  stretch: number
  /** Millimetres: the deeper side, and the shallower one (`UNSAFE` for land and unsurveyed ground). */
  deeper: number
  shallower: number
}

/** What the compiler keeps of a feature until it has read the whole cell. */
export interface FeatureRow {
  objectClass: number
  acronym: string
  primitive: Feature['primitive']
  /** AGEN, FIDN, FIDS. */
  agency: number
  featureId: number
  featureSubdivision: number
  attributes: ReadonlyMap<string, string>
  nationalAttributes: ReadonlyMap<string, string>
  references: Feature['references']
  isInaccuratePoint: boolean
  /** Its paths and points in the collector; end numbers excluded. */
  firstPath: number
  endPath: number
  firstPoint: number
  endPoint: number
  /** Set for a depth boundary, which the compiler makes. */
  boundary: DepthBoundary | null
}

const DEPARE = [...OBJECT_CLASSES.values()].find(({ acronym }) => acronym === 'DEPARE')!.code
const nothing: ReadonlyMap<string, string> = new Map()

/** Returns the row of a depth boundary: a line of class DEPARE without attributes or identity. */
export function boundaryRow(boundary: DepthBoundary): FeatureRow {
  return {
    ...{ objectClass: DEPARE, acronym: 'DEPARE', primitive: 'line', agency: 0, featureId: 0, featureSubdivision: 0 },
    ...{ attributes: nothing, nationalAttributes: nothing, references: [], isInaccuratePoint: false },
    ...{ firstPath: 0, endPath: 0, firstPoint: 0, endPoint: 0, boundary },
  }
}

/** The depth in millimetres that stands for land and unsurveyed ground beside a contour: safe for no vessel. */
export const UNSAFE = -1_000_000
/** The depth in millimetres of a depth area without DRVAL1 (S-52 DEPARE03). */
const UNKNOWN_DEPTH = -1_000

/** Returns the depth of an area as a side of a contour, in millimetres; null for features that are no such side. */
export function sideDepthOf(row: FeatureRow): number | null {
  if (row.primitive !== 'area') return null
  if (row.acronym === 'LNDARE' || row.acronym === 'UNSARE') return UNSAFE
  if (row.acronym !== 'DEPARE' && row.acronym !== 'DRGARE') return null
  return millimetresOf(row.attributes, 'DRVAL1') ?? UNKNOWN_DEPTH
}

/** Returns DRVAL1 of a depth area in millimetres; null for any other feature, or without DRVAL1. */
export function depthOfArea(row: FeatureRow): number | null {
  if (row.primitive !== 'area' || (row.acronym !== 'DEPARE' && row.acronym !== 'DRGARE')) return null
  return millimetresOf(row.attributes, 'DRVAL1')
}
