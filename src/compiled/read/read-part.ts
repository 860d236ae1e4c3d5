import type { WorldBox } from '#geo/world.ts'
import { type CompiledCell, PART } from '../format/compiled-cell.ts'

/** A reusable list of positions that grows: x, y, x, y ... */
export interface PositionBuffer {
  xy: Int32Array
  /** Positions in it. */
  count: number
}

/** @param capacity positions to make room for at first. */
export function createPositionBuffer(capacity = 1_024): PositionBuffer {
  return { xy: new Int32Array(capacity * 2), count: 0 }
}

/**
 * Reads a line or ring, simplified for a zoom, into `target`. Neighbours that share a boundary get identical vertices along it at every
 * zoom.
 *
 * A line has at least two positions; a ring at least three, not all on one line, without the closing one. Outer rings have a positive
 * area with y growing southwards (as vector tiles require) and holes a negative one, unless simplification has flipped a tiny ring.
 * Repeated positions are omitted.
 *
 * @param box in the cell's coordinates: arcs wholly beyond one of its sides are shortened to their ends. Clipping to the box still
 *   gives exactly the same result, for a fraction of the work.
 * @returns the number of positions; 0 when the part is not shown at this zoom.
 */
export function readPart(
  cell: CompiledCell,
  part: number,
  zoom: number,
  target: PositionBuffer,
  box: WorldBox | null = null,
): number {
  target.count = 0
  if (zoom < cell.partZoom[part]!) return 0
  const { partArcs, arcBox } = cell
  const end = cell.partArcStart[part + 1]!
  for (let i = cell.partArcStart[part]!; i < end; i++) {
    const arc = partArcs[i]! >>> 1
    const backwards = (partArcs[i]! & 1) === 1
    const beyond =
      box !== null &&
      (arcBox[arc * 4]! > box.maxX ||
        arcBox[arc * 4 + 1]! > box.maxY ||
        arcBox[arc * 4 + 2]! < box.minX ||
        arcBox[arc * 4 + 3]! < box.minY)
    if (beyond) appendEnds(cell, arc, backwards, zoom, target)
    else appendArc(cell, arc, backwards, zoom, target)
  }
  const ring = cell.partKind[part]! !== PART.line
  if (ring) while (target.count > 1 && same(target.xy, 0, target.count - 1)) target.count--
  if (target.count < (ring ? 3 : 2)) target.count = 0
  return target.count
}

function appendArc(cell: CompiledCell, arc: number, backwards: boolean, zoom: number, target: PositionBuffer): void {
  const { vertexZoom, vertexXY } = cell
  const first = cell.arcStart[arc]!
  const last = cell.arcStart[arc + 1]! - 1
  reserve(target, last - first + 1)
  if (backwards) {
    for (let i = last; i >= first; i--) if (vertexZoom[i]! <= zoom) append(target, vertexXY, i)
  } else {
    for (let i = first; i <= last; i++) if (vertexZoom[i]! <= zoom) append(target, vertexXY, i)
  }
}

/** Appends the first and last vertex of an arc that are shown at this zoom: the arc lies beyond the side of the box between them. */
function appendEnds(cell: CompiledCell, arc: number, backwards: boolean, zoom: number, target: PositionBuffer): void {
  const { vertexZoom, vertexXY } = cell
  let first = cell.arcStart[arc]!
  let last = cell.arcStart[arc + 1]! - 1
  while (first <= last && vertexZoom[first]! > zoom) first++
  if (first > last) return
  while (vertexZoom[last]! > zoom) last--
  reserve(target, 2)
  append(target, vertexXY, backwards ? last : first)
  append(target, vertexXY, backwards ? first : last)
}

function append(target: PositionBuffer, xy: Int32Array, vertex: number): void {
  const x = xy[vertex * 2]!
  const y = xy[vertex * 2 + 1]!
  const at = target.count * 2
  if (at > 0 && target.xy[at - 2] === x && target.xy[at - 1] === y) return
  target.xy[at] = x
  target.xy[at + 1] = y
  target.count++
}

function same(xy: Int32Array, a: number, b: number): boolean {
  return xy[a * 2] === xy[b * 2] && xy[a * 2 + 1] === xy[b * 2 + 1]
}

function reserve(target: PositionBuffer, more: number): void {
  const needed = (target.count + more) * 2
  if (needed <= target.xy.length) return
  const larger = new Int32Array(Math.max(needed, target.xy.length * 2))
  larger.set(target.xy)
  target.xy = larger
}
