import type { ListEdit, Rows, VectorRecord } from '#s57/records.ts'
import type { AttributeField } from './attribute-field.ts'
import type { AttributeNode } from './attribute-node.ts'

// The records of a dataset in memory. Lists stay in the bytes of the file, or in the buffer of an update, until a feature is assembled.

/** Kinds of records (RCNM). */
export const FEATURE = 100
export const POINT = 110
export const MULTIPOINT = 115
export const CURVE = 120
export const COMPOSITE_CURVE = 125
export const SURFACE = 130
export const INFORMATION = 150

/** Bytes per row of the lists kept as `Rows`. */
export const C2IL_WIDTH = 8
export const C3IL_WIDTH = 12
export const PTAS_WIDTH = 6
export const CUCO_WIDTH = 6
export const RIAS_WIDTH = 8
export const SPAS_WIDTH = 15
export const MASK_WIDTH = 7

/** An association with an information type (INAS), and how an update edits it (IUIN). */
export interface InformationLink {
  /** RRID of the information record. */
  id: number
  association: string
  role: string
  instruction: number
}

/** An association with a feature (FASC), and how an update edits it (FAUI). */
export interface FeatureLink {
  /** RRID of the feature record. */
  id: number
  association: string
  role: string
  instruction: number
}

/** Most records have one link; a list that starts empty would take room for 17. */
export function withLink(links: FeatureLink[] | null, link: FeatureLink): FeatureLink[] {
  if (links === null) return [link]
  links.push(link)
  return links
}

/** The attributes of a record: its ATTR fields, nearly always one, or the tree that an update has turned them into. */
export interface AttributeSource {
  field: AttributeField | null
  moreFields: AttributeField[] | null
  edited: AttributeNode[] | null
}

/** What an update does to the coordinates of a record, in order. */
export interface CoordinateEdit {
  edit: ListEdit
  given: Rows | null
}

/**
 * A spatial record. `pointers` is CUCO of a composite curve or RIAS of a surface, `pointerEdit` CCOC. A curve has its ends among its
 * coordinates, so that the line assembler of S-57 takes it as an edge without nodes.
 */
export interface SpatialRecord extends VectorRecord {
  information: InformationLink[] | null
  /** PTAS: the points where a curve begins and ends. */
  endPoints: Rows | null
  coordinateEdits: CoordinateEdit[] | null
}

/** An information type. */
export interface InformationRecord extends AttributeSource {
  id: number
  version: number
  instruction: number
  /** Name of the type, `NauticalInformation`. */
  type: string
  information: InformationLink[] | null
}

/** A feature. */
export interface FeatureRecord extends AttributeSource {
  id: number
  version: number
  instruction: number
  /** Name of the type, `DepthArea`. */
  type: string
  /** FOID. */
  agency: number
  featureId: number
  featureSubdivision: number
  information: InformationLink[] | null
  associations: FeatureLink[] | null
  /** SPAS and MASK. */
  spatial: Rows | null
  masks: Rows | null
  /** True once its geometry has been assembled, so that its faults are reported only once. */
  assembled: boolean
  /** Where it stands among the features of the dataset. */
  place: number
}

const kindNames: ReadonlyMap<number, string> = new Map([
  [FEATURE, 'feature'],
  [POINT, 'point'],
  [MULTIPOINT, 'multipoint'],
  [CURVE, 'curve'],
  [COMPOSITE_CURVE, 'composite curve'],
  [SURFACE, 'surface'],
  [INFORMATION, 'information record'],
])

/** `curve 4711`, for messages. */
export function recordName(kind: number, id: number): string {
  return `${kindNames.get(kind) ?? `record of kind ${kind}`} ${id}`
}
