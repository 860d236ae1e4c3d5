import { WORLD_BITS } from '#geo/world.ts'
import { FULL_ZOOM } from '../format/compiled-cell.ts'

/** What leaving a vertex out may move, in 4,096ths of a tile, as a power of two: 2 of them, a quarter of a pixel of a 512 px tile. */
const TOLERANCE_BITS = 1
/** Tolerance at zoom 0 as a power of two in our units: a tile's unit is 2^(WORLD_BITS - 12) at zoom 0. */
const TOLERANCE_AT_0 = WORLD_BITS - 12 + TOLERANCE_BITS

/** Longer stretches are simplified piece by piece: Douglas-Peucker takes the square of its length on a line made for it. */
const LONGEST_STRETCH = 2_048

/**
 * The lowest zoom at which each vertex of a stretch must be there, by Douglas-Peucker: the result of filtering by zoom is what
 * simplifying with that zoom's tolerance gives. The two ends have 0.
 *
 * @param xy positions of the stretch.
 * @param zooms one byte a position, written here.
 */
export function assignVertexZooms(xy: Int32Array, zooms: Uint8Array): void {
  const count = xy.length / 2
  if (count === 0) return
  for (let first = 0; first < count - 1; first += LONGEST_STRETCH) {
    simplify(xy, zooms, first, Math.min(first + LONGEST_STRETCH, count - 1))
  }
  zooms[0] = 0
  zooms[count - 1] = 0
}

function simplify(xy: Int32Array, zooms: Uint8Array, first: number, last: number): void {
  zooms[first] = 0
  zooms[last] = 0
  // A vertex inside a stretch that is kept at some zoom is never needed before the vertex that split the stretch.
  const stack = [first, last, 0]
  while (stack.length > 0) {
    const least = stack.pop()!
    const end = stack.pop()!
    const start = stack.pop()!
    if (end - start < 2) continue
    const split = farthest(xy, start, end)
    const zoom = Math.max(least, zoomOf(split.distance))
    zooms[split.vertex] = zoom
    if (zoom === FULL_ZOOM) {
      zooms.fill(FULL_ZOOM, start + 1, end)
      continue
    }
    stack.push(start, split.vertex, zoom, split.vertex, end, zoom)
  }
}

function farthest(xy: Int32Array, start: number, end: number): { vertex: number; distance: number } {
  const ax = xy[start * 2]!
  const ay = xy[start * 2 + 1]!
  const dx = xy[end * 2]! - ax
  const dy = xy[end * 2 + 1]! - ay
  const length = dx * dx + dy * dy
  let vertex = start + 1
  let largest = -1
  for (let i = start + 1; i < end; i++) {
    let px = xy[i * 2]! - ax
    let py = xy[i * 2 + 1]! - ay
    if (length > 0) {
      const along = (px * dx + py * dy) / length
      if (along >= 1) {
        px -= dx
        py -= dy
      } else if (along > 0) {
        px -= along * dx
        py -= along * dy
      }
    }
    const distance = px * px + py * py
    if (distance > largest) {
      largest = distance
      vertex = i
    }
  }
  return { vertex, distance: largest }
}

/** The lowest zoom whose tolerance is smaller than a distance, given as its square. */
function zoomOf(squared: number): number {
  if (squared <= 0) return FULL_ZOOM
  const zoom = Math.floor(TOLERANCE_AT_0 - Math.log2(squared) / 2) + 1
  return Math.min(Math.max(zoom, 0), FULL_ZOOM)
}
