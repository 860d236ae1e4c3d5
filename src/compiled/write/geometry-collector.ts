import { xOfLongitude, yOfLatitude } from '#geo/world.ts'
import type { PackedGeometry } from '#s57/packed-geometry.ts'
import { PART } from '../format/compiled-cell.ts'
import type { GeometryColumns } from './geometry-columns.ts'
import { createIntList, push } from './int-list.ts'
import { doubleAreaOf, reverseRing } from './integer-ring.ts'
import { unrollBodies } from './unroll-bodies.ts'

/** Collects geometry in degrees and rounds it to world units. */
export interface GeometryCollector extends GeometryColumns {
  /** Adds a geometry; null adds nothing. Lines of one position and rings without area are dropped. */
  add(geometry: PackedGeometry | null): void
  /** How many paths there are. */
  pathCount(): number
  /** How many points there are. */
  pointCount(): number
  /** Adds a box in world units as a polygon. Call it after `unroll`. */
  addBox(box: readonly [minX: number, minY: number, maxX: number, maxY: number]): void
  /** Moves every body by whole worlds, so that together they cover the narrowest range of x; it begins within 0..WORLD. */
  unroll(): void
}

/** @param noDepth stored for a position without depth. */
export function createGeometryCollector(noDepth: number): GeometryCollector {
  const xy = createIntList(4_096)
  const flags = createIntList(2_048)
  const pathStart = createIntList()
  const pathKind = createIntList()
  const pathBody = createIntList()
  const pointXY = createIntList()
  const pointDepth = createIntList()
  const columns: GeometryColumns = { xy, flags, pathStart, pathKind, pathBody, pointXY, pointDepth }
  let bodies = 0
  push(pathStart, 0)

  function endPath(kind: number): void {
    push(pathStart, xy.length / 2)
    push(pathKind, kind)
    push(pathBody, bodies)
  }

  function addLine(geometry: PackedGeometry, path: number): void {
    const start = xy.length
    if (addPositions(columns, geometry, path) < 2) {
      xy.length = start
      flags.length = start / 2
      return
    }
    endPath(PART.line)
    bodies++
  }

  function addRing(geometry: PackedGeometry, path: number, kind: number): boolean {
    const hasArea = addRingPositions(columns, geometry, path, kind === PART.outer)
    if (hasArea) endPath(kind)
    return hasArea
  }

  /** Adds the rings from path `first` up to `end`, the outer one first. */
  function addPolygon(geometry: PackedGeometry, first: number, end: number): void {
    if (!addRing(geometry, first, PART.outer)) return
    for (let path = first + 1; path < end; path++) addRing(geometry, path, PART.hole)
    bodies++
  }

  return {
    ...columns,
    // No getters: V8 keeps those of an object literal, with everything they close over, until the next full collection.
    pathCount: () => pathKind.length,
    pointCount: () => pointDepth.length,
    addBox([minX, minY, maxX, maxY]) {
      for (const value of [minX, minY, maxX, minY, maxX, maxY, minX, maxY]) push(xy, value)
      for (let i = 0; i < 4; i++) push(flags, 0)
      endPath(PART.outer)
      bodies++
    },
    add(geometry) {
      if (geometry === null) return
      const { paths, polygons } = geometry
      if (paths.length === 0) addPoints(columns, geometry, noDepth)
      else if (polygons.length === 0) for (let path = 0; path < paths.length; path++) addLine(geometry, path)
      else for (const [i, end] of polygons.entries()) addPolygon(geometry, polygons[i - 1] ?? 0, end)
    },
    unroll: () => unrollBodies(columns),
  }
}

function addPoints({ pointXY, pointDepth }: GeometryColumns, { positions, width }: PackedGeometry, noDepth: number): void {
  for (let i = 0; i < positions.length; i += width) {
    const depth = width === 3 ? positions[i + 2]! : Number.NaN
    push(pointXY, Math.round(xOfLongitude(positions[i]!)))
    push(pointXY, Math.round(yOfLatitude(positions[i + 1]!)))
    push(pointDepth, Number.isNaN(depth) ? noDepth : Math.round(depth * 1_000))
  }
}

/** Appends the positions of a path, without consecutive repeats, and returns their number. */
function addPositions({ xy, flags }: GeometryColumns, geometry: PackedGeometry, path: number): number {
  const { positions, width, paths } = geometry
  const start = xy.length
  const end = paths[path]! * width
  for (let i = (paths[path - 1] ?? 0) * width; i < end; i += width) {
    const x = Math.round(xOfLongitude(positions[i]!))
    const y = Math.round(yOfLatitude(positions[i + 1]!))
    const at = xy.length
    if (at > start && xy.data[at - 2] === x && xy.data[at - 1] === y) continue
    push(xy, x)
    push(xy, y)
    push(flags, geometry.flags?.[i / width] ?? 0)
  }
  return (xy.length - start) / 2
}

/** Appends a ring, wound clockwise when it is an exterior. Returns false, and appends nothing, when the ring has no area. */
function addRingPositions(columns: GeometryColumns, geometry: PackedGeometry, path: number, isExterior: boolean): boolean {
  const { xy, flags } = columns
  const start = xy.length
  let count = addPositions(columns, geometry, path)
  while (count > 1 && xy.data[start] === xy.data[xy.length - 2] && xy.data[start + 1] === xy.data[xy.length - 1]) {
    xy.length -= 2
    count--
    flags.data[start / 2] = flags.data[--flags.length]!
  }
  const area = count < 3 ? 0 : doubleAreaOf(xy.data, start, count)
  if (area === 0) {
    xy.length = start
    flags.length = start / 2
    return false
  }
  if (area > 0 !== isExterior) {
    reverseRing(xy.data, start, count)
    flags.data.subarray(start / 2 + 1, start / 2 + count).reverse()
  }
  return true
}
