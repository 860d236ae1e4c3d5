import { WORLD_BITS } from '#geo/world.ts'
import { FULL_ZOOM } from '../format/compiled-cell.ts'

/** How far omitting a vertex may move the line, as a power of two of a tile's 4,096 units: 2 units, a quarter pixel of a 512 px tile. */
const TOLERANCE_BITS = 1
/** The tolerance at zoom 0 as a power of two of world units: a tile's unit is 2^(WORLD_BITS - 12) there. */
const TOLERANCE_AT_0 = WORLD_BITS - 12 + TOLERANCE_BITS

/** Longer stretches are simplified in pieces: Douglas-Peucker is quadratic on a line made to be slow. */
const LONGEST_STRETCH = 2_048

/**
 * Assigns each vertex of a stretch the lowest zoom that must show it, by Douglas-Peucker: filtering by a zoom gives the same line as
 * simplifying with that zoom's tolerance. Both ends get 0.
 *
 * @param xy positions of the stretch in world units.
 * @param zooms one byte per position, written by this function.
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
  // Entries: start, end, and the zoom of the vertex that split there. No vertex between them is needed at a lower zoom.
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

/** Returns the lowest zoom whose tolerance is below a distance, given as its square. */
function zoomOf(squared: number): number {
  if (squared <= 0) return FULL_ZOOM
  const zoom = Math.floor(TOLERANCE_AT_0 - Math.log2(squared) / 2) + 1
  return Math.min(Math.max(zoom, 0), FULL_ZOOM)
}
