import { WORLD } from '#compiled/format/compiled-cell.ts'

/** Longitude in degrees (any turn) to x; not rounded. */
export function xOfLongitude(longitude: number): number {
  return ((longitude + 180) / 360) * WORLD
}

/** Latitude in degrees to y, kept within the square of the world (85.0511 degrees). */
export function yOfLatitude(latitude: number): number {
  const sine = Math.sin((latitude * Math.PI) / 180)
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)
  // Beyond the square, and at the poles, where it is infinite.
  return Math.min(Math.max(y, 0), 1) * WORLD
}

/** x to longitude; beyond 180 for x beyond WORLD. */
export function longitudeOfX(x: number): number {
  return (x / WORLD) * 360 - 180
}

/** y to latitude. */
export function latitudeOfY(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / WORLD))) * 180) / Math.PI
}
