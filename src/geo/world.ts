/**
 * Positions are integers: 2^30 units around the world in spherical mercator (EPSG:3857), 3.7 cm at the equator.
 *
 * x grows eastwards from the antimeridian (longitude -180 is 0, +180 is WORLD), y grows southwards from latitude 85.0511 (0) to
 * -85.0511 (WORLD): the directions of tiles. At zoom z the tile x/y covers `WORLD / 2^z` units from `x * WORLD / 2^z`, and one of
 * its 4,096 units is `2^(18 - z)`: a shift, never a rounding error.
 *
 * 2^30 and not 2^32, because a world and its eastern neighbour must fit into a signed 32-bit integer.
 */
export const WORLD_BITS = 30
export const WORLD = 2 ** WORLD_BITS

/** A box in world units, borders included; x may lie below 0 or beyond WORLD. */
export interface WorldBox {
  minX: number
  minY: number
  maxX: number
  maxY: number
}

/** The whole world, once. */
export const WORLD_SQUARE: WorldBox = { minX: 0, minY: 0, maxX: WORLD, maxY: WORLD }

/** One world to the west, none, one to the east: how far a shape may be from the box that asks for it, in world units. */
const TURNS = [0, WORLD, -WORLD] as const

/**
 * The turns of the world, in world units, that bring `box` onto `other`: both may lie on either side of the antimeridian or
 * reach across it. A shape seen in `box` moved by the turn meets `other`; touching counts.
 */
export function turnsOnto(box: WorldBox, other: WorldBox): number[] {
  if (box.minY > other.maxY || box.maxY < other.minY) return []
  return TURNS.filter((turn) => box.minX + turn <= other.maxX && box.maxX + turn >= other.minX)
}

/** The same box a number of world units further east. */
export function turned(box: WorldBox, turn: number): WorldBox {
  return { minX: box.minX + turn, minY: box.minY, maxX: box.maxX + turn, maxY: box.maxY }
}

/** Whether a position lies in a box, its borders included. */
export function worldBoxHolds({ minX, minY, maxX, maxY }: WorldBox, x: number, y: number): boolean {
  return x >= minX && x <= maxX && y >= minY && y <= maxY
}

/** A box that encloses nothing; `extendWorldBox` grows it. */
export function emptyWorldBox(): WorldBox {
  return { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }
}

/** Grows a box, in place, to hold a position. */
export function extendWorldBox(box: WorldBox, x: number, y: number): void {
  if (x < box.minX) box.minX = x
  if (x > box.maxX) box.maxX = x
  if (y < box.minY) box.minY = y
  if (y > box.maxY) box.maxY = y
}

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
