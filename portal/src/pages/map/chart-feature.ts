import type { Geometry } from 'geojson'

// Answers of the Core API as the map uses them. Depths and distances are in metres.

export interface FeatureSource {
  cell: string
  edition: number
  update: number
  /** Denominator of the compilation scale. */
  scale: number
  /** YYYY-MM-DD. */
  issueDate: string | null
  updateDate: string | null
}

/** A chart object of `enc_query` with `describe: true`. */
export interface ChartFeature {
  id: string
  parentCellName: string
  /** S-57 object class, such as `BOYLAT`. */
  layerId: string
  layerName: string
  /** Latitude, longitude; null unless it is a point. */
  position: [number, number] | null
  geometry: Geometry
  attributes: { objectName?: string }
  rawAttributes: Record<string, unknown>
  words?: string
  source?: FeatureSource
}

export interface DepthSource {
  cell: string
  edition: number
  update: number
  scale: number
  /** Of the survey, in words. */
  quality: string | null
}

export type Unknown = 'land' | 'unsurveyed' | 'structure' | 'depth' | 'danger'

/** A stretch of a line. */
export interface DepthSample {
  distance: number
  until: number
  /** Longitude, latitude. */
  position: [number, number]
  shoalest: number | null
  deepest: number | null
  unknowns: Unknown[]
  source: DepthSource | null
}

export interface DepthDanger {
  id: string
  layerId: string
  words: string
  position: [number, number]
  distance: number
  offset: number
  depth: number | null
}

export interface DepthGap {
  from: number
  to: number
  reason: 'noChart' | 'land' | 'unsurveyed' | 'structure' | 'noDepth'
}

/** The answer of `depth_query`. */
export interface DepthProfile {
  length: number
  samples: DepthSample[]
  dangers: DepthDanger[]
  gaps: DepthGap[]
  shoalest: { depth: number; distance: number; position: [number, number]; source: DepthSource | null } | null
  truncated?: true
}
