import type { GridBox } from './overlay/grid.ts'
import { latitudeOfY, longitudeOfX, WORLD, WORLD_BITS, type WorldBox, xOfLongitude, yOfLatitude } from './world.ts'

/** The last zoom of the tile pyramid; clients enlarge its tiles above. */
export const MAXIMUM_ZOOM = 16

/** Units across a tile. */
export const EXTENT = 4096

/** A tile of the XYZ pyramid: y counts from the north. */
export interface TileAddress {
  z: number
  x: number
  y: number
}

/** `z/x/y`, as in the address of a tile. */
export function tileKey({ z, x, y }: TileAddress): string {
  return `${z}/${x}/${y}`
}

/** The tile that holds a position in degrees; a longitude beyond 180 is on the other side of the antimeridian. */
export function tileAt(longitude: number, latitude: number, z: number): TileAddress {
  const across = 2 ** z
  const x = Math.floor((xOfLongitude(longitude) / WORLD) * across)
  const y = Math.floor((yOfLatitude(latitude) / WORLD) * across)
  return { z, x: ((x % across) + across) % across, y: Math.min(y, across - 1) }
}

/** The square of a tile, `extent` units across, grown by `buffer` units on each side. */
export function tileBox(extent: number, buffer: number): GridBox {
  return { left: -buffer, top: -buffer, right: extent + buffer, bottom: extent + buffer }
}

/**
 * The box of a tile in world units, with a margin in 4,096ths of a tile on each side.
 *
 * @param z 0 to 18.
 */
export function tileWorldBox({ z, x, y }: TileAddress, margin = 0): WorldBox {
  const size = 2 ** (WORLD_BITS - z)
  const beyond = (margin * size) / EXTENT
  return { minX: x * size - beyond, minY: y * size - beyond, maxX: (x + 1) * size + beyond, maxY: (y + 1) * size + beyond }
}

/** [west, south, east, north] of a tile in degrees. */
export function tileDegrees({ z, x, y }: TileAddress): [west: number, south: number, east: number, north: number] {
  const size = WORLD / 2 ** z
  return [longitudeOfX(x * size), latitudeOfY((y + 1) * size), longitudeOfX((x + 1) * size), latitudeOfY(y * size)]
}
