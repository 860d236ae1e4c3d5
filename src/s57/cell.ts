import type { PackedGeometry } from './packed-geometry.ts'

/** One file of a cell: the base (`.000`) or an update (`.001` and on). */
export interface CellFile {
  /** File name such as `US5SAVCH.000`, used in messages. */
  name: string
  bytes: Uint8Array
}

/** The standards in which charts are read. */
export type Standard = 's57' | 's101'

/** A cell with its updates applied. */
export interface Cell {
  /** The standard of its files. */
  standard: Standard
  /** DSNM without path and extension, in upper case: `US5SAVCH`. */
  name: string
  /** EDTN and UPDN as they are after the last update applied; a cancelled cell has edition 0. */
  edition: number
  updateNumber: number
  /** UADT and ISDT as `YYYY-MM-DD`, from the base or the last update that states them. */
  updateApplicationDate: string | null
  issueDate: string | null
  /** AGEN of the producing agency (550 is NOAA). */
  producer: number
  /** INTU, the navigational purpose: 1 overview to 6 berthing. */
  usageBand: number
  /** CSCL, the scale denominator. */
  compilationScale: number
  comment: string | null
  /** True when an update with edition 0 was applied: the chart is withdrawn. */
  cancelled: boolean
  /** Faults that did not stop the reading. Those of a feature appear once `features()` has read it. */
  readonly warnings: string[]
  featureCount: number
  /**
   * The features, assembled one at a time; callable again. Throws S57Error only when a file names the same edges so often that
   * assembling them would cost far more than the file's size allows.
   */
  features(): Iterable<Feature>
}

/** One object of the chart. */
export interface Feature {
  /** RCID, unique within the cell. */
  recordId: number
  /** AGEN, FIDN and FIDS: the object's identity, which other features point to. */
  agency: number
  featureId: number
  featureSubdivision: number
  /** OBJL and its acronym, `DEPARE`; `OBJL_1234` when the catalogue does not know the code. */
  objectClass: number
  acronym: string
  primitive: 'point' | 'line' | 'area' | 'none'
  /** Acronym to value as the file has it; the empty string when the attribute is present without a value. */
  attributes: ReadonlyMap<string, string>
  /** The same for the attributes in the producer's language (NATF). */
  nationalAttributes: ReadonlyMap<string, string>
  /** Null when the feature has no position of its own (collections), or none that could be assembled. */
  geometry: PackedGeometry | null
  /** True for points whose node has QUAPOS 2 (unsurveyed) to 9 (estimated); false for lines and areas. */
  isInaccuratePoint: boolean
  /** The features this one points to (FFPT), such as the lights of a buoy. */
  references: readonly FeatureReference[]
  /** The same feature in the terms of S-101, when the file is of that standard. */
  original?: OriginalFeature
}

/** A feature of S-101 before it was converted. */
export interface OriginalFeature {
  /** `LateralBuoy`. */
  type: string
  /** Its attributes and the information types tied to it, as JSON; made when asked for. */
  toJson(): string
}

/** A pointer from one feature to another (S-57 part 3, clause 7.6.6). */
export interface FeatureReference {
  agency: number
  featureId: number
  featureSubdivision: number
  /** RIND: 1 master, 2 slave, 3 peer. */
  relation: number
  comment: string
}
