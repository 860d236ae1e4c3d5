import type Flatbush from 'flatbush'

// The compiled cell as its readers see it: typed arrays over the bytes of the file (docs/compiled-cell.md). Opening one parses and
// copies nothing, and worker threads share one SharedArrayBuffer.

/** From this zoom on, every vertex is shown. */
export const FULL_ZOOM = 16

/** "None" in columns of depths (millimetres). */
export const NO_DEPTH = -0x80000000
/** "None" in columns of indices of features or texts. */
export const NOWHERE = 0xffffffff

/** Values of `primitive`. */
export const PRIMITIVE = { none: 0, point: 1, line: 2, area: 3 } as const
/** Values of `partKind`. A polygon is an outer ring and the holes that follow it. */
export const PART = { line: 0, outer: 1, hole: 2 } as const
/** Bits of `featureFlags`. */
export const FLAG = {
  /** A depth boundary: a line that the compiler makes where two depth areas meet without a DEPCNT. OBJL is DEPARE, no attributes. */
  depthBoundary: 1,
  /** The skin of the earth (S-57 appendix B.1, 5.4.3): DEPARE, DRGARE, FLODOC, HULKES, LNDARE, PONTON, UNSARE as areas. */
  group1: 2,
  /** `minZoom` comes from the feature's own SCAMIN, not from the compilation scale. */
  scamin: 4,
  /** A sector or directional light, which has rows in `lights`. Never clip it or its sectors. */
  sectors: 8,
} as const
/** Values of `dangerClass`. */
export const DANGER = {
  /** Not a wreck, rock or obstruction. */
  none: 0,
  /** `ownDepth` is its charted depth (VALSOU). */
  sounded: 1,
  /** It has no charted depth; `ownDepth` is the one that S-52 assumes. */
  assumed: 2,
  /** Always above water. */
  dry: 3,
} as const
/** Bits of `arcFlags`. */
export const ARC = {
  /** Runs along the limit of the cell's coverage: fill areas up to it, but draw no outline along it. */
  limit: 1,
} as const
/** Bits of `runFlags`. */
export const RUN = {
  /** The position is inaccurate (QUAPOS 2 to 9). */
  lowAccuracy: 1,
} as const
/** Values of `lights.kind`. */
export const LIGHT = { sector: 1, allRound: 2, directional: 3 } as const
/** Values of `valueKind`. */
export const VALUE = {
  text: 0,
  /** An enumeration, integer or float whose text is a number: read `valueNumber`. */
  number: 1,
  /** A comma-separated list of enumeration numbers: decode `valueText` with `listOf`. */
  list: 2,
  /** The attribute is present without a value, which means unknown. */
  empty: 3,
  /** True; only derived properties have it. */
  yes: 4,
} as const

/** What describes the cell as a whole. */
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
  /** CSCL, the scale denominator; the usual one of the usage band when the cell states none (`scaleOrUsual`). */
  compilationScale: number
  /** The zoom (512 px tiles, 0.28 mm pixels) of the compilation scale at the cell's middle latitude; a fraction. */
  nativeZoom: number
  /** Box around coverage and features. minX is within 0..WORLD. */
  minX: number
  minY: number
  maxX: number
  maxY: number
}

/**
 * An opened compiled cell. Columns are indexed by feature, part, arc, vertex and so on. A column `xStart` has one entry more than
 * there are owners: owner i has the entries from `xStart[i]` up to, not including, `xStart[i + 1]`.
 *
 * Features are sorted by object class code; within a class they keep the order of the file.
 */
export interface CompiledCell {
  readonly header: CompiledHeader
  /** Size of the file in bytes. */
  readonly byteLength: number

  readonly featureCount: number
  /** OBJL; `objectClassName(code)` returns the acronym. */
  readonly objectClass: Uint16Array
  readonly primitive: Uint8Array
  readonly featureFlags: Uint8Array
  /**
   * SCAMIN as a zoom of 512 px tiles (a fraction): show the feature from this zoom on. Without SCAMIN, the zoom of four times the
   * compilation scale; 0 for group 1 and the display base, which are never hidden. A tile of zoom z is enlarged up to z + 1, so it
   * needs the features with `minZoom < z + 1`.
   */
  readonly minZoom: Float32Array
  /** AGEN, FIDN, FIDS; `featureUuid` returns the UUID. 0, 0, 0 for depth boundaries. */
  readonly agency: Uint16Array
  readonly featureId: Uint32Array
  readonly featureSubdivision: Uint16Array
  /** minX, minY, maxX, maxY of each feature; minX > maxX where it has no geometry. */
  readonly featureBox: Int32Array
  /**
   * In millimetres, NO_DEPTH where it does not apply. DEPCNT: VALDCO. Depth boundaries: DRVAL1 of the deeper side. Dangers: the
   * depth over them, see `dangerClass`.
   */
  readonly ownDepth: Int32Array
  /**
   * In millimetres, NO_DEPTH for none. DEPCNT: the next shallower VALDCO of the cell (`valdcoPrev`). Depth boundaries: DRVAL1 of the
   * shallower side; NO_DEPTH where that is land, unsurveyed or nothing. Dangers: DRVAL1 of the deepest depth area they touch.
   *
   * The safety contour needs the depths on both sides, `runShallow` and `runDeep`.
   */
  readonly besideDepth: Int32Array
  readonly dangerClass: Uint8Array

  /** What the compiler derives for tiles (docs/tiles.md), in the manner of the attributes; read it with `visitDerived`. */
  readonly derivedStart: Uint32Array
  readonly derivedKey: Uint32Array
  readonly derivedValue: Uint32Array

  /** Points of each feature: one for a point object, one per sounding for SOUNDG. */
  readonly pointStart: Uint32Array
  /** x, y. */
  readonly pointXY: Int32Array
  /** Depth of a sounding in millimetres, negative when it dries; NO_DEPTH for other points. */
  readonly pointDepth: Int32Array
  /**
   * Shoal-biased thinning: the lowest zoom at which a sounding is the shallowest in its square of 1/32 tile. Show it at `zoom >=
   * pointZoom`. 0 for other points.
   */
  readonly pointZoom: Uint8Array

  /** Parts of each feature: lines, or outer rings each followed by its holes. */
  readonly partStart: Uint32Array
  /** The coverage (CATCOV 1 minus 2) as outer rings and holes: the parts from [0] up to, not including, [1]. */
  readonly coverageParts: readonly [start: number, end: number]
  readonly partKind: Uint8Array
  /** The lowest zoom at which the part does not collapse; below it, `readPart` returns nothing. */
  readonly partZoom: Uint8Array
  readonly partArcStart: Uint32Array
  /** `arc * 2`, plus 1 when the part passes the arc from its end to its start. */
  readonly partArcs: Uint32Array

  /** Vertices of each arc. Within a part, an arc begins at the position where the arc before it ends. */
  readonly arcStart: Uint32Array
  readonly arcBox: Int32Array
  readonly arcFlags: Uint8Array
  /** x, y. */
  readonly vertexXY: Int32Array
  /** The lowest zoom that shows the vertex: omitting it below moves the line by at most 2 of a tile's 4,096 units. */
  readonly vertexZoom: Uint8Array

  /**
   * Runs of each feature: the stretches of contours, depth boundaries, and lines that are inaccurate in places, cut where `runFlags` or
   * the depths beside them change; and what is drawn of the boundaries of areas, which leaves out the limit of the data, masked edges
   * and coastlines. None for other features.
   */
  readonly runStart: Uint32Array
  /** The part along the run. A whole part of the feature, of which a ring still has to be closed, or a line of its own. */
  readonly runPart: Uint32Array
  /** Bits of `RUN`. */
  readonly runFlags: Uint8Array
  /**
   * In millimetres, for contours and depth boundaries: DRVAL1 of the shallower and deeper area beside the run, -1,000,000 for land and
   * unsurveyed ground, NO_DEPTH for none. Land beside inland water or shore structures counts as none. The safety contour of the
   * safety depth S is where `runShallow < S <= runDeep`, both known, or a contour has `ownDepth` S (S-52 DEPARE03).
   */
  readonly runShallow: Int32Array
  readonly runDeep: Int32Array

  /** Of an area, the side of the square with the same area, in world units; 0 for other features. */
  readonly areaSide: Float32Array
  /** Positions for the symbol and name of each area: the first for any zoom, then more for large areas. */
  readonly anchorStart: Uint32Array
  /** x, y. */
  readonly anchorXY: Int32Array
  /** The lowest zoom that shows the anchor. */
  readonly anchorZoom: Uint8Array

  /** Attributes of each feature. */
  readonly attributeStart: Uint32Array
  /** Index of the acronym in the texts, for `text`. */
  readonly attributeKey: Uint32Array
  /** Index into the value columns. */
  readonly attributeValue: Uint32Array
  /** The kind (`VALUE`) of each distinct value of the cell. */
  readonly valueKind: Uint8Array
  /** NaN unless the kind is number. */
  readonly valueNumber: Float64Array
  /** Index of the value as the file writes it, for `text`. */
  readonly valueText: Uint32Array

  /** References of each feature (FFPT), such as from a buoy to its light. */
  readonly referenceStart: Uint32Array
  /** Index of the other feature; NOWHERE when it is not in this cell. */
  readonly referenceTarget: Uint32Array
  /** RIND: 1 master, 2 slave, 3 peer. */
  readonly referenceRelation: Uint8Array

  /** Sector, directional and far-reaching all-round lights. */
  readonly lights: LightColumns

  /** Index over the boxes of features other than soundings; item i is feature `indexedFeatures[i]`. Null without features. */
  readonly featureIndex: Flatbush | null
  readonly indexedFeatures: Uint32Array
  /** Index over soundings; item i is point `indexedPoints[i]`. Null without soundings. */
  readonly soundingIndex: Flatbush | null
  readonly indexedPoints: Uint32Array
  /** The feature (SOUNDG) that each of `indexedPoints` belongs to. */
  readonly indexedPointFeature: Uint32Array

  /** Returns a text by its index; each is decoded once. */
  text(index: number): string
}

/** One row per sector arc or leg. Draw the sectors of a light whole, even where a tile or cell ends. */
export interface LightColumns {
  readonly count: number
  /** The LIGHTS feature; its position is its point. */
  readonly feature: Uint32Array
  readonly kind: Uint8Array
  /**
   * Bearings **from the light**, degrees clockwise from true north, 0..360; SECTR1 and SECTR2, which are bearings towards the light,
   * plus 180. The sector runs clockwise from `from` to `to`. 0 and 360 for all-round lights; for a directional light both are the
   * bearing of its leg (ORIENT + 180).
   */
  readonly from: Float32Array
  readonly to: Float32Array
  /** VALNMR in nautical miles, NaN for none. */
  readonly range: Float32Array
  /** The first code of COLOUR (1 white, 3 red, 4 green, 6 yellow ...), 0 for none. */
  readonly colour: Uint8Array
  /** 1 when LITVIS says faint, obscured or partly obscured: draw it dashed. */
  readonly faint: Uint8Array
  /** How many earlier rows at the same position overlap this sector: draw its arc with that much larger a radius. */
  readonly ring: Uint8Array
}
