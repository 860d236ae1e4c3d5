import { WORLD } from '#geo/world.ts'
import type { GeometryColumns } from './geometry-columns.ts'

/** The S-57 reader drops positions further than this from Greenwich, so an x three worlds wide fits 32 bits. */
const MOST_X = 2 * WORLD - 1

/**
 * Moves every body by whole worlds so that together they cover the narrowest range of x, which begins within 0..WORLD: a cell
 * across the antimeridian stays in one piece.
 */
export function unrollBodies(columns: GeometryColumns): void {
  const { xy, pathStart, pathKind, pathBody, pointXY } = columns
  const spans = spansOf(columns)
  const west = westOf(spans)
  if (west === null) return
  const bodies = bodyCount(columns)
  const shiftOf = (span: number) => -Math.floor((spans[span * 2]! - west) / WORLD) * WORLD
  for (let path = 0; path < pathKind.length; path++) {
    const shift = shiftOf(pathBody.data[path]!)
    moveEast(xy.data, pathStart.data[path]!, pathStart.data[path + 1]!, shift)
  }
  for (let i = 0; i < pointXY.length; i += 2) pointXY.data[i] = pointXY.data[i]! + shiftOf(bodies + i / 2)
}

// Loops over vertices are functions of their own, as in topology.ts.

function moveEast(xy: Int32Array, from: number, to: number, shift: number): void {
  for (let i = from * 2; i < to * 2; i += 2) xy[i] = Math.min(xy[i]! + shift, MOST_X)
}

/** Widens the west and east at a place to hold positions. */
function widen(spans: Float64Array, at: number, xy: Int32Array): void {
  let [west, east] = [spans[at]!, spans[at + 1]!]
  for (let i = 0; i < xy.length; i += 2) {
    const x = xy[i]!
    if (x < west) west = x
    if (x > east) east = x
  }
  spans[at] = west
  spans[at + 1] = east
}

/** Bodies that have paths; points are bodies too, numbered after them. */
function bodyCount({ pathBody }: GeometryColumns): number {
  return pathBody.length === 0 ? 0 : pathBody.data[pathBody.length - 1]! + 1
}

/** Returns the west and east of every body with paths, then of every point. */
function spansOf(columns: GeometryColumns): Float64Array {
  const { xy, pathStart, pathBody, pointXY } = columns
  const bodies = bodyCount(columns)
  const spans = new Float64Array((bodies + pointXY.length / 2) * 2)
  for (let i = 0; i < bodies; i++) {
    spans[i * 2] = Infinity
    spans[i * 2 + 1] = -Infinity
  }
  for (let path = 0; path < pathBody.length; path++) {
    const at = pathBody.data[path]! * 2
    widen(spans, at, xy.data.subarray(pathStart.data[path]! * 2, pathStart.data[path + 1]! * 2))
  }
  for (let i = 0; i < pointXY.length; i += 2) spans.fill(pointXY.data[i]!, bodies * 2 + i, bodies * 2 + i + 2)
  return spans
}

/** Returns the west end, within 0..WORLD, of the narrowest range that holds all spans: east of the widest gap. Null without spans. */
function westOf(spans: Float64Array): number | null {
  if (spans.length === 0) return null
  const all = extentOf(spans)
  // Nearly every cell is far narrower than half the world and needs no search for the gap.
  if (all.east - all.west < WORLD / 2) return wrap(all.west)
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

function extentOf(spans: Float64Array): { west: number; east: number } {
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
