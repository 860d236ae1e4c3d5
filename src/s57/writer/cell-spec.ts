import type { Geometry, Position } from '../geometry.ts'

/** Attribute values by acronym (`DRVAL1`) or, for codes outside the catalogue, by number. Numbers are written as `String` prints them. */
export type AttributeSpec = Readonly<Record<string, string | number>>

/** The values of DSID, DSSI and DSPM. Everything except the name has a default that suits an ENC. */
export interface DataSetSpec {
  /** Eight characters, `XX5DEMO1`. DSNM is this name with the update number as extension. */
  name: string
  /** EDTN, 1; an update with edition 0 cancels the cell. */
  edition?: number
  /** UPDN, 0. */
  updateNumber?: number
  /** UADT and ISDT, `YYYY-MM-DD`. A base cell has both, an update normally only ISDT; null writes blanks. */
  updateApplicationDate?: string | null
  issueDate?: string | null
  /** AGEN, 65,535 (no agency). */
  producer?: number
  /** INTU, 5. */
  usageBand?: number
  /** CSCL, 12,000. */
  compilationScale?: number
  /** COMF, 10,000,000: coordinate units per degree. An update must use the value of its base. */
  coordinateFactor?: number
  /** SOMF, 10: sounding units per metre. */
  soundingFactor?: number
  /** AALL, the lexical level of ATTF: 0 ASCII, 1 ISO 8859-1. Default 1. */
  attributeLevel?: 0 | 1
  /** NALL, the lexical level of NATF: as AALL, and 2 UCS-2. Default 1. */
  nationalLevel?: 0 | 1 | 2
  /** COMT of DSID. */
  comment?: string
}

/** A base cell: features with geometry in degrees, from which the writer builds shared nodes and edges. */
export interface CellSpec extends DataSetSpec {
  features: readonly FeatureSpec[]
  /**
   * West, south, east, north of the cell in degrees. Area boundaries along it are marked as truncated by the data limit (USAG 3), so
   * that they are not drawn.
   */
  dataLimit?: readonly [west: number, south: number, east: number, north: number]
}

/** A feature with its geometry. */
export interface FeatureSpec {
  /** Acronym (`DEPARE`) or OBJL. */
  objectClass: string | number
  attributes?: AttributeSpec
  nationalAttributes?: AttributeSpec
  /**
   * A GeoJSON geometry with [longitude, latitude] in degrees; a MultiPoint with [longitude, latitude, depth in metres] is a sounding
   * array. Areas with common vertices along their boundaries share edges. Null or absent for collections.
   */
  geometry?: Geometry | null
  /** Attributes of the node of a point (ATTV), such as QUAPOS. Features with the same position and the same ones share a node. */
  nodeAttributes?: AttributeSpec
  /** Attributes of the edges of a line or area (ATTV), such as QUAPOS. Where features share an edge, those of the first one count. */
  edgeAttributes?: AttributeSpec
  /** Marks the edges of an area as not to be drawn (MASK 1). */
  masked?: boolean
  /** RCID, by default numbered from 1; FIDN, by default the RCID; FIDS, by default 1; AGEN, by default the producer. */
  recordId?: number
  featureId?: number
  featureSubdivision?: number
  agency?: number
  /** Identifies this feature in the `references` of other features of the cell. */
  key?: string
  /** FFPT: 1 master, 2 slave, 3 peer. */
  references?: readonly { key: string; relation: 1 | 2 | 3; comment?: string }[]
}

/** RUIN, and the instructions of control fields: 1 insert, 2 delete, 3 modify. */
export type UpdateInstruction = 1 | 2 | 3

/** A control field (VRPC, SGCC, FFPC or FSPC): edits `count` entries of a list from `index`, where 1 is the first. */
export interface ListEditSpec {
  instruction: UpdateInstruction
  index: number
  count: number
}

/** A spatial record. */
export interface VectorRecordSpec {
  /** RCNM: 110 isolated node, 120 connected node, 130 edge. */
  kind: 110 | 120 | 130
  id: number
  /** RVER, by default 1 when inserted and 2 otherwise. */
  version?: number
  /** RUIN, 1. */
  instruction?: UpdateInstruction
  attributes?: AttributeSpec
  /** Positions in degrees: SG2D, or SG3D when they have depths in metres. Without `coordinateEdit` no SGCC is written. */
  coordinates?: readonly Position[]
  coordinateEdit?: ListEditSpec
  /** VRPT: the nodes of an edge, beginning (topology 1) and end (2). */
  pointers?: readonly { kind: number; id: number; topology: number }[]
  pointerEdit?: ListEditSpec
}

/** A feature record. */
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

/** An update: records with their instructions, and new features that the writer turns into records. */
export interface UpdateSpec extends DataSetSpec {
  vectors?: readonly VectorRecordSpec[]
  features?: readonly FeatureRecordSpec[]
  /** New features. Their records are numbered from `firstId`, by default 100,001, which no base uses. */
  insert?: readonly FeatureSpec[]
  firstId?: number
}

/** The records of a data set. */
export interface DataSetRecords {
  vectors: readonly VectorRecordSpec[]
  features: readonly FeatureRecordSpec[]
}
