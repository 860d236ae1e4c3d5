import type { Position } from '#s57/geometry.ts'
import type { Box } from './height-grid.ts'
import { pairs } from './pairs.ts'

/** Whether a position is in a box or on its west or south side, so that neighbouring boxes never share a point. */
export function isInBox([x = 0, y = 0]: Position, [west, south, east, north]: Box): boolean {
  return x >= west && x < east && y >= south && y < north
}

/** Returns the parts of a line inside a box. */
export function clipLine(line: readonly Position[], box: Box): Position[][] {
  const parts: Position[][] = []
  let part: Position[] = []
  for (const [a, b] of pairs(line)) {
    const range = rangeInBox(a, b, box)
    if (range === null) continue
    const [from, to] = range
    if (from > 0 || part.length === 0) {
      if (part.length > 1) parts.push(part)
      part = [between(a, b, from)]
    }
    part.push(between(a, b, to))
    if (to < 1) {
      parts.push(part)
      part = []
    }
  }
  if (part.length > 1) parts.push(part)
  return parts
}

/** Returns where a segment enters and leaves the box, as fractions of its length, or null when it stays outside. */
function rangeInBox([ax = 0, ay = 0]: Position, [bx = 0, by = 0]: Position, box: Box): [number, number] | null {
  const [west, south, east, north] = box
  const [dx, dy] = [bx - ax, by - ay]
  let from = 0
  let to = 1
  for (const [step, room] of [
    [-dx, ax - west],
    [dx, east - ax],
    [-dy, ay - south],
    [dy, north - ay],
  ] as const) {
    if (step === 0 && room < 0) return null
    if (step < 0) from = Math.max(from, room / step)
    if (step > 0) to = Math.min(to, room / step)
  }
  return from < to ? [from, to] : null
}

/** Returns the position at a fraction `t` of the way from a to b. */
function between(a: Position, b: Position, t: number): Position {
  if (t === 0) return a
  if (t === 1) return b
  const [ax = 0, ay = 0] = a
  const [bx = 0, by = 0] = b
  return [ax + (bx - ax) * t, ay + (by - ay) * t]
}

/** Returns the part of a closed ring inside a box, closed, or null. Meant for simple shapes that cross the box once. */
export function clipRing(ring: readonly Position[], [west, south, east, north]: Box): Position[] | null {
  let points = ring.slice(0, -1)
  const sides: [axis: 0 | 1, limit: number, keepAbove: boolean][] = [
    [0, west, true],
    [0, east, false],
    [1, south, true],
    [1, north, false],
  ]
  for (const side of sides) points = clipAtSide(points, ...side)
  const [first] = points
  return first === undefined || points.length < 3 ? null : [...points, first]
}

function clipAtSide(points: readonly Position[], axis: 0 | 1, limit: number, keepAbove: boolean): Position[] {
  const along = (position: Position) => position[axis] ?? 0
  const isKept = (position: Position) => (keepAbove ? along(position) >= limit : along(position) <= limit)
  const clipped: Position[] = []
  let before = points.at(-1)
  for (const point of points) {
    if (before !== undefined && isKept(point) !== isKept(before)) {
      const cut = between(before, point, (limit - along(before)) / (along(point) - along(before)))
      cut[axis] = limit
      clipped.push(cut)
    }
    if (isKept(point)) clipped.push(point)
    before = point
  }
  return clipped
}
