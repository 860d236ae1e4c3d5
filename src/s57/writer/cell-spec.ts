import type { Geometry, Position } from '../geometry.ts'

/** An attribute by acronym (`DRVAL1`) or, for codes outside the catalogue, by number; numbers are written as they print. */
export type AttributeSpec = Readonly<Record<string, string | number>>

/** What DSID, DSSI and DSPM say. Everything but the name has a default that suits an ENC. */
export interface DataSetSpec {
  /** Eight characters, `XX5DEMO1`; the file name of DSNM is made from it and the update number. */
  name: string
  /** EDTN, 1; an update with edition 0 cancels the cell. */
  edition?: number
  /** UPDN, 0. */
  updateNumber?: number
  /** `YYYY-MM-DD`. A base cell has both dates, an update normally only the issue date; null writes blanks. */
  updateApplicationDate?: string | null
  issueDate?: string | null
  /** AGEN, 65535 (nobody). */
  producer?: number
  /** INTU, 5. */
  usageBand?: number
  /** CSCL, 12,000. */
  compilationScale?: number
  /** COMF, 10,000,000: units of the coordinates in a degree. An update must have that of its base. */
  coordinateFactor?: number
  /** SOMF, 10: units of the soundings in a metre. */
  soundingFactor?: number
  /** AALL, the lexical level of ATTF: 0 ASCII, 1 ISO 8859-1. Default 1. */
  attributeLevel?: 0 | 1
  /** NALL, the lexical level of NATF: 2 is UCS-2. Default 1. */
  nationalLevel?: 0 | 1 | 2
  /** COMT of DSID. */
  comment?: string
}

/** A base cell: features with geometry in degrees; the writer builds nodes and edges and shares them. */
export interface CellSpec extends DataSetSpec {
  features: readonly FeatureSpec[]
  /**
   * West, south, east, north of the cell in degrees. Boundaries of areas along it are written as cut by the data limit
   * (USAG 3), so that no line is drawn there.
   */
  dataLimit?: readonly [west: number, south: number, east: number, north: number]
}

/** A feature with its own geometry. */
export interface FeatureSpec {
  /** Acronym (`DEPARE`) or OBJL. */
  objectClass: string | number
  attributes?: AttributeSpec
  nationalAttributes?: AttributeSpec
  /**
   * GeoJSON-shaped, [longitude, latitude] in degrees. MultiPoint with [longitude, latitude, depth in metres] is a sounding
   * array. Areas whose boundaries run through the same vertices share edges. Null or absent for collections.
   */
  geometry?: Geometry | null
  /** RCID, by default counted from 1; FIDN, by default the RCID; FIDS, 1; AGEN, the producer. */
  recordId?: number
  featureId?: number
  featureSubdivision?: number
  agency?: number
  /** A name by which `references` of other features of this cell find this one. */
  key?: string
  /** FFPT: 1 master, 2 slave, 3 peer. */
  references?: readonly { key: string; relation: 1 | 2 | 3; comment?: string }[]
}

/** RUIN and its like: 1 insert, 2 delete, 3 modify. */
export type UpdateInstruction = 1 | 2 | 3

/** VRPC, SGCC, FFPC and FSPC: what happens to `count` entries of a list from `index` (1 is the first). */
export interface ListEditSpec {
  instruction: UpdateInstruction
  index: number
  count: number
}

/** A spatial record as it is written. */
export interface VectorRecordSpec {
  /** RCNM: 110 isolated node, 120 connected node, 130 edge. */
  kind: 110 | 120 | 130
  id: number
  /** RVER, by default 1 when inserted and 2 otherwise. */
  version?: number
  /** RUIN, 1. */
  instruction?: UpdateInstruction
  attributes?: AttributeSpec
  /** Degrees; three numbers make it SG3D with depths in metres. */
  coordinates?: readonly Position[]
  coordinateEdit?: ListEditSpec
  /** VRPT: the nodes of an edge, beginning (topology 1) and end (2). */
  pointers?: readonly { kind: number; id: number; topology: number }[]
  pointerEdit?: ListEditSpec
}

/** A feature record as it is written. */
export interface FeatureRecordSpec {
  id: number
  /** PRIM: 1 point, 2 line, 3 area, 255 none. */
  primitive: 1 | 2 | 3 | 255
  objectClass: string | number
  version?: number
  instruction?: UpdateInstruction
  /** AGEN (by default the producer's), FIDN (by default the record id), FIDS (1). */
  agency?: number
  featureId?: number
  featureSubdivision?: number
  attributes?: AttributeSpec
  nationalAttributes?: AttributeSpec
  spatial?: readonly SpatialPointerSpec[]
  spatialEdit?: ListEditSpec
  references?: readonly FeaturePointerSpec[]
  referenceEdit?: ListEditSpec
}

/** FSPT. */
export interface SpatialPointerSpec {
  kind: number
  id: number
  /** ORNT: 1 forward, 2 reverse, 255 (default) not relevant. */
  orientation?: number
  /** USAG: 1 exterior, 2 interior, 3 exterior cut by the data limit, 255 (default) not relevant. */
  usage?: number
  /** MASK: 1 do not draw, 2 draw, 255 (default) not relevant. */
  mask?: number
}

/** FFPT. */
export interface FeaturePointerSpec {
  agency: number
  featureId: number
  featureSubdivision: number
  relation: number
  comment?: string
}

/** An update: records with their instructions, as they are written, and whole new features for convenience. */
export interface UpdateSpec extends DataSetSpec {
  vectors?: readonly VectorRecordSpec[]
  features?: readonly FeatureRecordSpec[]
  /** New features; their records are numbered from `firstId`, 100,001 by default, so that they meet none of the base. */
  insert?: readonly FeatureSpec[]
  firstId?: number
}

/** The records of a data set, ready to be written. */
export interface DataSetRecords {
  vectors: readonly VectorRecordSpec[]
  features: readonly FeatureRecordSpec[]
}
