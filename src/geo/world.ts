/**
 * World units: integer positions in spherical mercator (EPSG:3857), 2^30 units around the world, 3.7 cm each on the equator.
 *
 * x grows eastwards from the antimeridian (longitude -180 is 0, +180 is WORLD), y southwards from latitude 85.0511 (0) to -85.0511
 * (WORLD), as tiles count. At zoom z the tile x/y is `WORLD / 2^z` units wide, and each of its 4,096 units is `2^(18 - z)`, so placing
 * a vertex in a tile is a shift.
 *
 * 2^30 and not 2^32: a world and its eastern neighbour must fit a signed 32-bit integer.
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

/** The box of the whole world. */
export const WORLD_SQUARE: WorldBox = { minX: 0, minY: 0, maxX: WORLD, maxY: WORLD }

/** The shifts, in world units, that may bring a shape onto a box on the other side of the antimeridian. */
const TURNS = [0, WORLD, -WORLD] as const

/**
 * Returns the turns (0, WORLD, -WORLD) that bring `box` onto `other`: added to the x of a shape in `box`, a turn makes it meet `other`.
 * Either box may lie across the antimeridian; touching counts.
 */
export function turnsOnto(box: WorldBox, other: WorldBox): number[] {
  if (box.minY > other.maxY || box.maxY < other.minY) return []
  return TURNS.filter((turn) => box.minX + turn <= other.maxX && box.maxX + turn >= other.minX)
}

/** Moves a box eastwards by a number of world units. */
export function turned(box: WorldBox, turn: number): WorldBox {
  return { minX: box.minX + turn, minY: box.minY, maxX: box.maxX + turn, maxY: box.maxY }
}

/** Whether a position lies in a box, borders included. */
export function worldBoxHolds({ minX, minY, maxX, maxY }: WorldBox, x: number, y: number): boolean {
  return x >= minX && x <= maxX && y >= minY && y <= maxY
}

/** Returns a box that encloses nothing, for `extendWorldBox` to grow. */
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

/** Converts a longitude in degrees, also beyond +-180, to x; not rounded. */
export function xOfLongitude(longitude: number): number {
  return ((longitude + 180) / 360) * WORLD
}

/** Converts a latitude in degrees to y; latitudes beyond 85.0511 degrees become 0 or WORLD. Not rounded. */
export function yOfLatitude(latitude: number): number {
  const sine = Math.sin((latitude * Math.PI) / 180)
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)
  // y is infinite at the poles.
  return Math.min(Math.max(y, 0), 1) * WORLD
}

/** Converts x to a longitude in degrees; beyond 180 for x beyond WORLD. */
export function longitudeOfX(x: number): number {
  return (x / WORLD) * 360 - 180
}

/** Converts y to a latitude in degrees. */
export function latitudeOfY(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / WORLD))) * 180) / Math.PI
}
