import type { Geometry, Position } from '#s57/geometry.ts'
import type { ListEditSpec, UpdateInstruction } from '#s57/writer/cell-spec.ts'

/** An attribute: a value for a simple one, children for a complex one. ATIX and ATIN matter in updates only. */
export interface AttributeSpec {
  name: string
  value?: string | number | boolean
  children?: readonly AttributeSpec[]
  /** ATIX, by default the place among the siblings of the name. */
  index?: number
  /** ATIN, 1. */
  instruction?: UpdateInstruction
}

/** An association of a record with another, whose RCID is given. */
export interface LinkSpec {
  id: number
  association: string
  role: string
  instruction?: UpdateInstruction
}

/** The values of DSID and DSSI. Everything except the name has a default. */
export interface DatasetHeaderSpec {
  /** `101XX00DEMO1`. DSNM is this name with the update number as extension. */
  name: string
  /** 1; an update with edition 0 cancels the dataset. */
  edition?: number
  updateNumber?: number
  /** DSRD, `YYYYMMDD`; 20260101. */
  referenceDate?: string
  /** DSTL. */
  title?: string
  /** PRSP. */
  specification?: string
  /** CMFX and CMFY, 10,000,000. */
  coordinateFactor?: number
  /** CMFZ, 10. */
  soundingFactor?: number
  /** Number of the first entry in each table of names, 1: an update may number them differently from its base. */
  firstCode?: number
}

/** A spatial record. */
export interface SpatialRecordSpec {
  /** RCNM: 110 point, 115 multipoint, 120 curve, 125 composite curve, 130 surface. */
  kind: 110 | 115 | 120 | 125 | 130
  id: number
  version?: number
  instruction?: UpdateInstruction
  /** Positions in degrees, with depths in metres for soundings. */
  coordinates?: readonly Position[]
  /** COCC. */
  coordinateEdit?: ListEditSpec
  /** PTAS: points by RCID with TOPI. */
  endPoints?: readonly { id: number; topology: 1 | 2 | 3 }[]
  /** CUCO of a composite curve, RIAS of a surface. */
  members?: readonly MemberSpec[]
  /** CCOC. */
  memberEdit?: ListEditSpec
  information?: readonly LinkSpec[]
}

/** A curve in a composite curve or ring. */
export interface MemberSpec {
  kind: number
  id: number
  /** ORNT: 1 forward, 2 reverse. */
  orientation?: number
  /** USAG of a ring: 1 exterior, 2 interior. */
  usage?: number
  instruction?: UpdateInstruction
}

export interface InformationRecordSpec {
  id: number
  type: string
  version?: number
  instruction?: UpdateInstruction
  attributes?: readonly AttributeSpec[]
  information?: readonly LinkSpec[]
}

export interface FeatureRecordSpec {
  id: number
  type: string
  version?: number
  instruction?: UpdateInstruction
  agency?: number
  featureId?: number
  featureSubdivision?: number
  attributes?: readonly AttributeSpec[]
  information?: readonly LinkSpec[]
  associations?: readonly LinkSpec[]
  /** SPAS. */
  spatial?: readonly MemberSpec[]
  /** MASK: 1 cut by the limit of the data, 2 not to be drawn. */
  masks?: readonly { kind: number; id: number; how: 1 | 2; instruction?: UpdateInstruction }[]
}

/** The records of a dataset or update. */
export interface DatasetRecordsSpec extends DatasetHeaderSpec {
  information?: readonly InformationRecordSpec[]
  spatial?: readonly SpatialRecordSpec[]
  features?: readonly FeatureRecordSpec[]
}

/** A dataset as features with geometry, from which the writer builds shared points and curves. */
export interface DatasetSpec extends DatasetHeaderSpec {
  /** Information types; features and positions name them by key. */
  information?: readonly (Omit<InformationRecordSpec, 'id'> & { key: string })[]
  features: readonly FeatureSpec[]
  /** West, south, east, north in degrees: boundaries of areas along it are masked as cut by the limit of the data. */
  dataLimit?: readonly [west: number, south: number, east: number, north: number]
}

/** A feature with its geometry. */
export interface FeatureSpec {
  type: string
  attributes?: readonly AttributeSpec[]
  /** As in the S-57 writer: a MultiPoint with depths is a sounding array. */
  geometry?: Geometry | null
  /** Keys of information types, with their association and role. */
  information?: readonly { key: string; association: string; role: string }[]
  /** Key of a SpatialQuality for the feature's points or curves. */
  quality?: string
  /** Marks the curves of an area as not to be drawn. */
  masked?: boolean
  agency?: number
  featureId?: number
  featureSubdivision?: number
  key?: string
  associations?: readonly { key: string; association: string; role: string }[]
}
