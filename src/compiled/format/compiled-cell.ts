import type Flatbush from 'flatbush'

// The compiled cell as its readers see it: typed arrays that lie on the bytes of the file (docs/compiled-cell.md), so opening one
// parses and copies nothing, and worker threads share one SharedArrayBuffer.

/** Zoom from which every vertex is there. */
export const FULL_ZOOM = 16

/** "None" in columns of depths (millimetres). */
export const NO_DEPTH = -0x80000000
/** "None" in columns that point to a feature or a text. */
export const NOWHERE = 0xffffffff

/** Values of `primitive`. */
export const PRIMITIVE = { none: 0, point: 1, line: 2, area: 3 } as const
/** Values of `partKind`. A polygon is an outer ring and the holes that follow it. */
export const PART = { line: 0, outer: 1, hole: 2 } as const
/** Bits of `featureFlags`. */
export const FLAG = {
  /** Made by the compiler: a line where two depth areas meet and no DEPCNT runs. OBJL is DEPARE, the primitive line, no attributes. */
  depthBoundary: 1,
  /** The skin of the earth (S-57 appendix B.1, 5.4.3): DEPARE, DRGARE, FLODOC, HULKES, LNDARE, PONTON, UNSARE as areas. */
  group1: 2,
  /** `minZoom` comes from a SCAMIN of the feature itself, not from the compilation scale. */
  scamin: 4,
  /** A sector light or a directional one: it has rows in `lights`. Never clip it away, nor its sectors. */
  sectors: 8,
} as const
/** Values of `dangerClass`. */
export const DANGER = {
  /** Not a wreck, rock or obstruction. */
  none: 0,
  /** `ownDepth` is its charted depth (VALSOU). */
  sounded: 1,
  /** No depth is charted; `ownDepth` is what S-52 assumes for it. */
  assumed: 2,
  /** Always above water. */
  dry: 3,
} as const
/** Bits of `arcFlags`. */
export const ARC = {
  /** Runs along the limit of the cell's coverage: fill up to it, draw no outline along it. */
  limit: 1,
} as const
/** Values of `lights.kind`. */
export const LIGHT = { sector: 1, allRound: 2, directional: 3 } as const
/** Values of `valueKind`. */
export const VALUE = {
  text: 0,
  /** An enumeration, integer or float that reads as a number: `valueNumber` has it. */
  number: 1,
  /** A list of enumeration numbers between commas: `valueText`, or `listOf`. */
  list: 2,
  /** The attribute is present without a value: unknown. */
  empty: 3,
} as const

export interface CompiledHeader {
  /** `US5SAVCH`. */
  name: string
  edition: number
  update: number
  /** 'YYYY-MM-DD'. */
  issueDate: string | null
  updateDate: string | null
  /** AGEN of the producer (550 is NOAA). */
  producer: number
  /** INTU, 1 to 6. */
  usageBand: number
  /** CSCL, the scale denominator; a usual one for the band when the cell does not say. */
  compilationScale: number
  /** Zoom (512 px tiles, 0.28 mm pixels) at which the cell is shown at its compilation scale, on its middle latitude; a fraction. */
  nativeZoom: number
  /** Box around coverage and features. minX is within 0..WORLD. */
  minX: number
  minY: number
  maxX: number
  maxY: number
}

/**
 * An opened compiled cell. Columns are indexed by feature, part, arc, vertex and so on; a column `xStart` has one entry more
 * than there are owners, and owner i has the entries `xStart[i]` up to, not including, `xStart[i + 1]`.
 *
 * Features are in the order of their object class code, and within a class in that of the file.
 */
export interface CompiledCell {
  readonly header: CompiledHeader
  /** Bytes of the file. */
  readonly byteLength: number

  readonly featureCount: number
  /** OBJL; `objectClassName(code)` makes the acronym. */
  readonly objectClass: Uint16Array
  readonly primitive: Uint8Array
  readonly featureFlags: Uint8Array
  /**
   * SCAMIN as a zoom of 512 px tiles (a fraction): show the feature at zooms from this on. Where there is no SCAMIN, the zoom of
   * four times the compilation scale. 0 for group 1 and the display base, which are never hidden. A tile of zoom z is drawn up to
   * z + 1, so it needs the features with `minZoom < z + 1`.
   */
  readonly minZoom: Float32Array
  /** AGEN, FIDN, FIDS; `featureUuid` makes the UUID. 0, 0, 0 for depth boundaries. */
  readonly agency: Uint16Array
  readonly featureId: Uint32Array
  readonly featureSubdivision: Uint16Array
  /** minX, minY, maxX, maxY of each feature; minX > maxX where it has no geometry. */
  readonly featureBox: Int32Array
  /**
   * In millimetres, NO_DEPTH where it does not apply. DEPCNT: VALDCO. Depth boundaries: the DRVAL1 of the deeper side. Dangers:
   * the depth over them, see `dangerClass`.
   */
  readonly ownDepth: Int32Array
  /**
   * In millimetres, NO_DEPTH for none. DEPCNT: the next shallower VALDCO of the cell (`valdcoPrev`; NO_DEPTH: there is none, the
   * contour is emphasised for every safety depth down to VALDCO). Depth boundaries: the DRVAL1 of the shallower side; NO_DEPTH where
   * that is land, unsurveyed or nothing. Dangers: the DRVAL1 of the depth area they lie in.
   * Emphasise a contour or boundary for the safety depth S when `ownDepth >= S` and (`besideDepth` is NO_DEPTH or < S).
   */
  readonly besideDepth: Int32Array
  readonly dangerClass: Uint8Array

  /** Points of each feature: one for a point object, one a sounding for SOUNDG. */
  readonly pointStart: Uint32Array
  /** x, y. */
  readonly pointXY: Int32Array
  /** Depth of a sounding in millimetres, negative when it dries; NO_DEPTH for what is not a sounding. */
  readonly pointDepth: Int32Array
  /**
   * Shoal-biased thinning: lowest zoom at which a sounding is the shallowest in its square of 1/32 tile. Show it at `zoom >=
   * pointZoom`; deeper ones near a shallow one come later. 0 for what is not a sounding.
   */
  readonly pointZoom: Uint8Array

  /** Parts of each feature: lines, or outer rings each followed by its holes. */
  readonly partStart: Uint32Array
  /** The coverage (CATCOV 1 minus 2) as outer rings and holes, simplified with the rest: the parts from [0] up to, not including, [1]. */
  readonly coverageParts: readonly [start: number, end: number]
  readonly partKind: Uint8Array
  /** Lowest zoom at which the part does not collapse; `readPart` gives nothing below it. */
  readonly partZoom: Uint8Array
  readonly partArcStart: Uint32Array
  /** `arc * 2`, plus 1 when the part runs through the arc from its end to its start. */
  readonly partArcs: Uint32Array

  /** Vertices of each arc. An arc's first vertex is at the place of the last vertex of the arc before it in a part. */
  readonly arcStart: Uint32Array
  readonly arcBox: Int32Array
  readonly arcFlags: Uint8Array
  /** x, y. */
  readonly vertexXY: Int32Array
  /** Lowest zoom at which the vertex is there: at most 2 of a tile's 4,096 units are lost by leaving it out below. */
  readonly vertexZoom: Uint8Array

  /** Attributes of each feature. */
  readonly attributeStart: Uint32Array
  /** Index of the acronym in the texts, for `text`. */
  readonly attributeKey: Uint32Array
  /** Index into the value columns. */
  readonly attributeValue: Uint32Array
  /** The different values of the cell. */
  readonly valueKind: Uint8Array
  /** NaN unless the kind is number. */
  readonly valueNumber: Float64Array
  /** Index of the value's text as the file has it, for `text`. */
  readonly valueText: Uint32Array

  /** References of each feature (FFPT), such as from a buoy to its light. */
  readonly referenceStart: Uint32Array
  /** Index of the other feature; NOWHERE when it is not in this cell. */
  readonly referenceTarget: Uint32Array
  /** RIND: 1 master, 2 slave, 3 peer. */
  readonly referenceRelation: Uint8Array

  /** Sector, directional and far-reaching all-round lights. */
  readonly lights: LightColumns

  /** Over the boxes of the features that are not soundings; item i is feature `indexedFeatures[i]`. Null when there is none. */
  readonly featureIndex: Flatbush | null
  readonly indexedFeatures: Uint32Array
  /** Over soundings; item i is point `indexedPoints[i]`. */
  readonly soundingIndex: Flatbush | null
  readonly indexedPoints: Uint32Array
  /** The feature (SOUNDG) that each of `indexedPoints` belongs to. */
  readonly indexedPointFeature: Uint32Array

  /** A text by its index; decoded once. */
  text(index: number): string
}

/** One row for each arc or leg to draw; sectors of a light are drawn whole, whatever tile or cell cuts through them. */
export interface LightColumns {
  readonly count: number
  /** The LIGHTS feature; its position is its point. */
  readonly feature: Uint32Array
  readonly kind: Uint8Array
  /**
   * Bearings **from the light**, degrees clockwise from true north, 0..360: the sector goes clockwise from `from` to `to` (SECTR1 and
   * SECTR2 are bearings towards the light, these are turned by 180). 0 and 360 for all-round lights. Of a directional light both are
   * the bearing of its leg (ORIENT + 180).
   */
  readonly from: Float32Array
  readonly to: Float32Array
  /** VALNMR in nautical miles, NaN when the file has none. */
  readonly range: Float32Array
  /** First code of COLOUR (1 white, 3 red, 4 green, 6 yellow ...), 0 when the file has none. */
  readonly colour: Uint8Array
  /** 1 when LITVIS says faint, obscured or partly obscured: drawn in dashes. */
  readonly faint: Uint8Array
  /** How many earlier rows at the same place overlap this sector: arcs of a larger number need a larger radius. */
  readonly ring: Uint8Array
}
