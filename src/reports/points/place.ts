import type { TileAddress } from '#geo/tile-grid.ts'
import { WORLD, xOfLongitude, yOfLatitude } from '#geo/world.ts'

// A place is a square of the tile pyramid at a deep zoom, numbered in Z-order: the squares within any tile are consecutive numbers.

/** 52 bits, so that a number holds them. */
const ZOOM = 26
const ACROSS = 2 ** ZOOM
/** Of spherical mercator. */
const LAST_LATITUDE = (Math.atan(Math.sinh(Math.PI)) * 180) / Math.PI

/** The square that holds a position in degrees; null beyond the latitudes of the tile pyramid. Longitude 180 is the same as -180. */
export function placeOf(latitude: number, longitude: number): number | null {
  if (Math.abs(latitude) > LAST_LATITUDE) return null
  const square = (world: number) => Math.floor((world / WORLD) * ACROSS)
  return zOrder(square(xOfLongitude(longitude)) % ACROSS, Math.min(square(yOfLatitude(latitude)), ACROSS - 1), ZOOM)
}

/** The squares of a tile: from the first up to, and without, the end. */
export function placesOf({ z, x, y }: TileAddress): { first: number; end: number } {
  const squares = 4 ** (ZOOM - z)
  const first = zOrder(x, y, z) * squares
  return { first, end: first + squares }
}

/** Interleaves the bits of y and x, those of y first. */
function zOrder(x: number, y: number, bits: number): number {
  let order = 0
  for (let bit = bits - 1; bit >= 0; bit--) order = order * 4 + ((y >> bit) & 1) * 2 + ((x >> bit) & 1)
  return order
}
