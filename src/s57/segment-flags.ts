/** Bits that say how a line or ring passes along a segment. */
export const SEGMENT = {
  /** The position is inaccurate: QUAPOS 2 (unsurveyed) to 9 (estimated) on the edge. */
  lowAccuracy: 1,
  /** Not to be drawn as a boundary: cut by the data limit (USAG 3) or masked (MASK 1). */
  hidden: 2,
} as const
