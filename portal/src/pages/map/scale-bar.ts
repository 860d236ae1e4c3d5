/** Metres to a pixel at zoom 0 on the equator, for tiles of 512 pixels. */
const METRES_PER_PIXEL = 78_271.517
/** Metres of a pixel of 0.28 mm, the size that the scales of charts on screens refer to. */
const PIXEL = 0.00028

export function metresPerPixel(latitude: number, zoom: number): number {
  return (METRES_PER_PIXEL * Math.cos((latitude * Math.PI) / 180)) / 2 ** zoom
}

/** How many times its compilation scale a chart is drawn at; below 1 it is drawn smaller. */
export function timesItsScale(scale: number, latitude: number, zoom: number): number {
  return (scale * PIXEL) / metresPerPixel(latitude, zoom)
}

/** The largest round length that fits, and its pixels. @param unit metres of the unit of the length. */
export function scaleBar(perPixel: number, unit: number, widest: number): { length: number; pixels: number } {
  const most = (perPixel * widest) / unit
  const power = 10 ** Math.floor(Math.log10(most))
  const length = ([5, 2, 1].find((factor) => factor * power <= most) ?? 1) * power
  return { length: Number(length.toPrecision(6)), pixels: (length * unit) / perPixel }
}

/** Radius of a query around a click, in whole metres as the server takes it. */
export function radiusOf(pixels: number, latitude: number, zoom: number): number {
  return Math.max(1, Math.min(50_000, Math.round(pixels * metresPerPixel(latitude, zoom))))
}
