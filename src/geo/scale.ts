/** Scale denominator of zoom 0 on the equator, for tiles of 512 pixels of 0.28 mm (OGC). */
const SCALE_AT_ZOOM_0 = 279_541_132

/** Usual scales of the usage bands 1 to 6 (INTU), for a cell that does not state its own (CSCL). */
const USUAL_SCALES = [3_500_000, 700_000, 180_000, 45_000, 12_000, 4_000] as const
const USUAL_SCALE_OF_UNKNOWN_BAND = 45_000

/** Returns the zoom that shows the scale 1:`denominator` at a latitude in degrees: a fraction, never below 0. */
export function zoomOfScale(denominator: number, latitude: number): number {
  return Math.max(0, Math.log2((SCALE_AT_ZOOM_0 * Math.cos((latitude * Math.PI) / 180)) / denominator))
}

/**
 * Returns the denominator of a cell's compilation scale, or the usual one of its usage band when the cell states none. Quilting and
 * compiling must agree on it, or a cell is drawn at zooms that it was not compiled for.
 *
 * @param compilationScale CSCL, the denominator; 0 for none. @param usageBand INTU, 1 to 6.
 */
export function scaleOrUsual(compilationScale: number, usageBand: number): number {
  return compilationScale > 0 ? compilationScale : (USUAL_SCALES[usageBand - 1] ?? USUAL_SCALE_OF_UNKNOWN_BAND)
}
