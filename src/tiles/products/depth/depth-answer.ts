/** A stretch of the line, straight on the mercator map (a rhumb line). */
export interface Stretch {
  /** World units; x may lie below 0 or beyond WORLD where the line crosses the antimeridian. */
  from: { x: number; y: number }
  to: { x: number; y: number }
  /** Metres along the line at both ends; equal for a single position. */
  start: number
  end: number
}

/** A piece of the line that one task measures: consecutive stretches, at least one. */
export interface DepthRequest {
  stretches: Stretch[]
  withinMetres: number
}

/** Something near the line whose depth the chart does not state. */
export type Unknown = 'land' | 'unsurveyed' | 'structure' | 'depth' | 'danger'
/** Why a part of the line has no depth. */
export type GapReason = 'noChart' | 'land' | 'unsurveyed' | 'structure' | 'noDepth'

export interface DepthSource {
  cell: string
  edition: number
  update: number
  /** Denominator of the compilation scale. */
  scale: number
  /** Of the survey, in words; null when the chart states none. */
  quality: string | null
}

/** What the charts say about a stretch and everything within the distance of it. Depths in metres, negative above the datum. */
export interface DepthSample {
  /** Metres along the line where the stretch begins and ends. */
  distance: number
  until: number
  /** Longitude and latitude where it begins. */
  position: [number, number]
  /** Null where no chart gives a depth. */
  shoalest: number | null
  /** Null where a depth area within the distance has no greatest depth. */
  deepest: number | null
  /** What lies within the distance without a known depth; `shoalest` leaves it out. */
  unknowns: Unknown[]
  /** The chart that the shoalest depth comes from, or else the one that draws the stretch; null without any. */
  source: DepthSource | null
}

export interface DepthDanger {
  id: string
  /** S-57 object class. */
  layerId: string
  words: string
  /** Longitude and latitude of its nearest point. */
  position: [number, number]
  /** Metres along the line to the place nearest to it, and from there to it. */
  distance: number
  offset: number
  /** Metres; null when the chart gives none. */
  depth: number | null
  source: Omit<DepthSource, 'quality'>
}

export interface DepthGap {
  /** Metres along the line. */
  from: number
  to: number
  reason: GapReason
}

/** The answer for a piece of the line, or for the whole. */
export interface DepthAnswer {
  samples: DepthSample[]
  dangers: DepthDanger[]
  gaps: DepthGap[]
}
