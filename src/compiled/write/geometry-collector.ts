import { WORLD, xOfLongitude, yOfLatitude } from '#geo/world.ts'
import type { PackedGeometry } from '#s57/packed-geometry.ts'
import { PART } from '../format/compiled-cell.ts'
import { createIntList, entries, type IntList, push } from './int-list.ts'

/**
 * Takes up geometry in degrees as integer positions. Something that is moved as one when the cell is brought into one stretch
 * around the antimeridian is a body: a polygon with its holes, a line, a point.
 */
export interface GeometryCollector {
  /** Lines and rings: the positions of path i are `xy[2 * pathStart[i]]` up to `pathStart[i + 1]`. Rings do not repeat their first. */
  readonly xy: IntList
  readonly pathStart: IntList
  readonly pathKind: IntList
  readonly pathBody: IntList
  /** Points: x, y. */
  readonly pointXY: IntList
  /** Millimetres, `noDepth` for a position without one. */
  readonly pointDepth: IntList
  /** Adds a geometry; null adds nothing. */
  add(geometry: PackedGeometry | null): void
  readonly paths: number
  readonly points: number
  /** Adds a box in integers as a polygon of its own; to be called after `unroll`, which would not find it in degrees. */
  addBox(box: readonly [minX: number, minY: number, maxX: number, maxY: number]): void
  /** Moves every body by whole worlds, so that all of them lie in one stretch that begins within 0..WORLD. */
  unroll(): void
}

/** Nothing in the file is further than this from Greenwich, so an x three worlds wide fits 32 bits; the reader sees to it. */
const MOST_X = 2 * WORLD - 1

export function createGeometryCollector(noDepth: number): GeometryCollector {
  const xy = createIntList(4_096)
  const pathStart = createIntList()
  const pathKind = createIntList()
  const pathBody = createIntList()
  const pointXY = createIntList()
  const pointDepth = createIntList()
  let bodies = 0
  push(pathStart, 0)

  function addPoints({ positions, width }: PackedGeometry): void {
    for (let i = 0; i < positions.length; i += width) {
      const depth = width === 3 ? positions[i + 2]! : Number.NaN
      push(pointXY, Math.round(xOfLongitude(positions[i]!)))
      push(pointXY, Math.round(yOfLatitude(positions[i + 1]!)))
      push(pointDepth, Number.isNaN(depth) ? noDepth : Math.round(depth * 1_000))
    }
  }

  /** Adds the positions of a path, without repeats; returns how many there are. */
  function addPositions({ positions, width, paths }: PackedGeometry, path: number): number {
    const start = xy.length
    const end = paths[path]! * width
    for (let i = (paths[path - 1] ?? 0) * width; i < end; i += width) {
      const x = Math.round(xOfLongitude(positions[i]!))
      const y = Math.round(yOfLatitude(positions[i + 1]!))
      const at = xy.length
      if (at > start && xy.data[at - 2] === x && xy.data[at - 1] === y) continue
      push(xy, x)
      push(xy, y)
    }
    return (xy.length - start) / 2
  }

  function endPath(kind: number): void {
    push(pathStart, xy.length / 2)
    push(pathKind, kind)
    push(pathBody, bodies)
  }

  function addLine(geometry: PackedGeometry, path: number): void {
    const start = xy.length
    if (addPositions(geometry, path) < 2) {
      xy.length = start
      return
    }
    endPath(PART.line)
    bodies++
  }

  /** @returns false, adding nothing, when the ring has no area. */
  function addRing(geometry: PackedGeometry, path: number, kind: number): boolean {
    const start = xy.length
    let count = addPositions(geometry, path)
    while (count > 1 && xy.data[start] === xy.data[xy.length - 2] && xy.data[start + 1] === xy.data[xy.length - 1]) {
      xy.length -= 2
      count--
    }
    const area = count < 3 ? 0 : doubleAreaOf(xy.data, start, count)
    if (area === 0) {
      xy.length = start
      return false
    }
    if (area > 0 !== (kind === PART.outer)) reverse(xy.data, start, count)
    endPath(kind)
    return true
  }

  /** Adds the rings from path `first` up to `end`, the outer one first. */
  function addPolygon(geometry: PackedGeometry, first: number, end: number): void {
    if (!addRing(geometry, first, PART.outer)) return
    for (let path = first + 1; path < end; path++) addRing(geometry, path, PART.hole)
    bodies++
  }

  return {
    xy,
    pathStart,
    pathKind,
    pathBody,
    pointXY,
    pointDepth,
    get paths() {
      return pathKind.length
    },
    get points() {
      return pointDepth.length
    },
    addBox([minX, minY, maxX, maxY]) {
      for (const value of [minX, minY, maxX, minY, maxX, maxY, minX, maxY]) push(xy, value)
      endPath(PART.outer)
      bodies++
    },
    add(geometry) {
      if (geometry === null) return
      const { paths, polygons } = geometry
      if (paths.length === 0) addPoints(geometry)
      else if (polygons.length === 0) for (let path = 0; path < paths.length; path++) addLine(geometry, path)
      else for (const [i, end] of polygons.entries()) addPolygon(geometry, polygons[i - 1] ?? 0, end)
    },
    unroll() {
      const spans = spansOf(xy, pathStart, pathBody, pointXY)
      const west = westOf(spans)
      if (west === null) return
      const shiftOf = (span: number) => -Math.floor((spans[span * 2]! - west) / WORLD) * WORLD
      for (let path = 0; path < pathKind.length; path++) {
        const shift = shiftOf(pathBody.data[path]!)
        for (let i = pathStart.data[path]! * 2; i < pathStart.data[path + 1]! * 2; i += 2) {
          xy.data[i] = Math.min(xy.data[i]! + shift, MOST_X)
        }
      }
      for (let i = 0; i < pointXY.length; i += 2) pointXY.data[i] = pointXY.data[i]! + shiftOf(bodies + i / 2)
    },
  }
}

/** Twice the signed area of a ring in memory, positive when it is clockwise to the eye (y grows southwards). */
export function doubleAreaOf(xy: Int32Array, start: number, count: number): number {
  // Relative to the first position, because products of large numbers would swallow the area of a small ring.
  const originX = xy[start]!
  const originY = xy[start + 1]!
  let sum = 0
  let previousX = 0
  let previousY = 0
  for (let i = start + 2; i < start + count * 2; i += 2) {
    const x = xy[i]! - originX
    const y = xy[i + 1]! - originY
    sum += previousX * y - x * previousY
    previousX = x
    previousY = y
  }
  return sum
}

function reverse(xy: Int32Array, start: number, count: number): void {
  for (let low = start, high = start + (count - 1) * 2; low < high; low += 2, high -= 2) {
    const [x, y] = [xy[low]!, xy[low + 1]!]
    xy[low] = xy[high]!
    xy[low + 1] = xy[high + 1]!
    xy[high] = x
    xy[high + 1] = y
  }
}

/** West and east of every body, then of every point. */
function spansOf(xy: IntList, pathStart: IntList, pathBody: IntList, pointXY: IntList): Float64Array {
  const bodies = pathBody.length === 0 ? 0 : pathBody.data[pathBody.length - 1]! + 1
  const spans = new Float64Array((bodies + pointXY.length / 2) * 2)
  for (let i = 0; i < bodies; i++) {
    spans[i * 2] = Infinity
    spans[i * 2 + 1] = -Infinity
  }
  for (let path = 0; path < pathBody.length; path++) {
    const at = pathBody.data[path]! * 2
    for (let i = pathStart.data[path]! * 2; i < pathStart.data[path + 1]! * 2; i += 2) {
      const x = xy.data[i]!
      if (x < spans[at]!) spans[at] = x
      if (x > spans[at + 1]!) spans[at + 1] = x
    }
  }
  for (let i = 0; i < pointXY.length; i += 2) spans.fill(pointXY.data[i]!, bodies * 2 + i, bodies * 2 + i + 2)
  return spans
}

/**
 * Where the stretch begins that all bodies fit into, within 0..WORLD: east of the widest empty stretch of the circle. Null
 * when there is nothing.
 */
function westOf(spans: Float64Array): number | null {
  if (spans.length === 0) return null
  const first = entriesBounds(spans)
  // Nearly every cell: one stretch, nowhere near half the world.
  if (first.east - first.west < WORLD / 2) return wrap(first.west)
  const sorted = Array.from({ length: spans.length / 2 }, (_, i) => {
    const west = wrap(spans[i * 2]!)
    return { west, east: west + (spans[i * 2 + 1]! - spans[i * 2]!) }
  }).sort((a, b) => a.west - b.west)
  let reach = sorted[0]!.east
  let west = 0
  let widest = 0
  for (const span of sorted) {
    if (span.west - reach > widest) {
      widest = span.west - reach
      west = span.west
    }
    reach = Math.max(reach, span.east)
  }
  return sorted[0]!.west + WORLD - reach > widest ? sorted[0]!.west : west
}

function entriesBounds(spans: Float64Array): { west: number; east: number } {
  let west = Infinity
  let east = -Infinity
  for (let i = 0; i < spans.length; i += 2) {
    west = Math.min(west, spans[i]!)
    east = Math.max(east, spans[i + 1]!)
  }
  return { west, east }
}

function wrap(x: number): number {
  return x - Math.floor(x / WORLD) * WORLD
}

/** The positions of one path, without copying. */
export function pathPositions({ xy, pathStart }: GeometryCollector, path: number): Int32Array {
  return entries(xy).subarray(pathStart.data[path]! * 2, pathStart.data[path + 1]! * 2)
}
