import type { GridBox } from './overlay/grid.ts'

/** A tile of the usual pyramid: y counts from the north. */
export interface TileAddress {
  z: number
  x: number
  y: number
}

/** Whether there is such a tile: whole numbers within the pyramid, down to a deepest zoom. */
export function isTile({ z, x, y }: TileAddress, deepest: number): boolean {
  if (!Number.isInteger(z) || z < 0 || z > deepest) return false
  const across = 2 ** z
  return [x, y].every((value) => Number.isInteger(value) && value >= 0 && value < across)
}

/** The tile's own square of `extent` units, and `buffer` units around it. */
export function tileBox(extent: number, buffer: number): GridBox {
  return { left: -buffer, top: -buffer, right: extent + buffer, bottom: extent + buffer }
}

/** [west, south, east, north] of a tile in degrees. */
export function tileDegrees({ z, x, y }: TileAddress): [west: number, south: number, east: number, north: number] {
  const across = 2 ** z
  return [(x / across) * 360 - 180, latitudeAt((y + 1) / across), ((x + 1) / across) * 360 - 180, latitudeAt(y / across)]
}

/** Latitude in degrees at a height of the Mercator square: 0 at its top, 1 at its bottom. */
export function latitudeAt(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI
}
