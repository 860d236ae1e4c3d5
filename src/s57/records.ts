import type { Buffer } from 'node:buffer'
import type { FeatureReference } from './cell.ts'
import type { EdgeEnds } from './edge-ends.ts'

// The records of a cell in memory. Numbers that are compared often are decoded; lists stay in the bytes of the file, or in the buffer
// of an update, until a feature is assembled.

/** Update instructions for a record or a part of a list (RUIN, VPUI, CCUI, FFUI, FSUI). */
export const INSERT = 1
export const DELETE = 2
export const MODIFY = 3

/** Kinds of spatial records (RCNM). */
export const ISOLATED_NODE = 110
export const CONNECTED_NODE = 120
export const EDGE = 130
export const FACE = 140

/** Rows of one width, back to back: coordinates or pointers. */
export interface Rows {
  view: DataView
  start: number
  count: number
}

/** Bytes per row of the lists kept as `Rows`. */
export const SG2D_WIDTH = 8
export const SG3D_WIDTH = 12
export const VRPT_WIDTH = 9
export const FSPT_WIDTH = 8

/** Attributes in the bytes of the file, checked but not decoded. */
export interface RawAttributes {
  bytes: Buffer
  start: number
  end: number
  /** UCS-2 (lexical level 2) instead of one byte a character. */
  wide: boolean
}

/** Attribute code to value; what raw attributes become once an update has touched them. */
export type EditedAttributes = Map<number, string>

export type AttributeList = RawAttributes | EditedAttributes

/** Which part of a list an update edits: `index` counts from 1. */
export interface ListEdit {
  instruction: number
  index: number
  count: number
}

export interface VectorRecord {
  kind: number
  id: number
  version: number
  instruction: number
  /** SG2D, or SG3D when `depths` is true. */
  coordinates: Rows | null
  depths: boolean
  /** VRPT. */
  pointers: Rows | null
  attributes: AttributeList | null
  coordinateEdit: ListEdit | null
  pointerEdit: ListEdit | null
  /** How often the feature numbered `usedBy` has used this record, so that no feature can use it without end. */
  usedBy: number
  uses: number
  /** The ends of an edge once they are known; null when it has fewer than two positions. */
  ends: EdgeEnds | null | undefined
  /** Whether QUAPOS says that its position is inaccurate, once known. */
  inaccurate: boolean | undefined
}

export interface FeatureRecord {
  id: number
  primitive: number
  group: number
  objectClass: number
  version: number
  instruction: number
  agency: number
  featureId: number
  featureSubdivision: number
  attributes: AttributeList | null
  nationalAttributes: AttributeList | null
  /** FSPT. */
  spatial: Rows | null
  references: FeatureReference[] | null
  spatialEdit: ListEdit | null
  referenceEdit: ListEdit | null
  /** True once its geometry has been assembled, so that its faults are reported only once. */
  assembled: boolean
}

const kindNames: ReadonlyMap<number, string> = new Map([
  [ISOLATED_NODE, 'isolated node'],
  [CONNECTED_NODE, 'connected node'],
  [EDGE, 'edge'],
  [FACE, 'face'],
])

/** `edge 4711`, for messages. */
export function vectorName(kind: number, id: number): string {
  return `${kindNames.get(kind) ?? `spatial record of kind ${kind}`} ${id}`
}
