/** Line where charts of another navigational purpose begin. */
export const SCALE_BOUNDARY = 'SCLBDY51'

/** The pattern over coarse data shows from this many times its compilation scale on. */
const OVERSCALE_FROM = 2

/**
 * DATCVR02: whether the picture is larger in scale than the data was compiled for. Both are denominators, so 10000 for 1:10,000.
 */
export function isOverscale(displayScale: number, compilationScale: number): boolean {
  return displayScale < compilationScale
}

/**
 * Whether the overscale pattern covers data: only what a coarser cell gives to fill the gaps of finer ones, and only from twice its scale
 * on (S-52 3.2.3 8b). `fillsGaps` says that a finer cell is in the picture.
 */
export function showsOverscalePattern(displayScale: number, compilationScale: number, fillsGaps: boolean): boolean {
  return fillsGaps && displayScale * OVERSCALE_FROM <= compilationScale
}
