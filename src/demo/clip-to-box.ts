import type { Position } from '#s57/geometry.ts'
import type { Box } from './height-grid.ts'

/** True when the position is inside the box or on its west or south side, so that neighbouring boxes never share a point. */
export function isInBox([x = 0, y = 0]: Position, [west, south, east, north]: Box): boolean {
  return x >= west && x < east && y >= south && y < north
}

/** The parts of a line inside a box. */
export function clipLine(line: readonly Position[], box: Box): Position[][] {
  const parts: Position[][] = []
  let part: Position[] = []
  for (let i = 0; i + 1 < line.length; i++) {
    const a = line[i]!
    const b = line[i + 1]!
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

/** Where the segment enters and leaves the box, as shares of its length, or null when it stays outside. */
function rangeInBox(a: Position, b: Position, [west, south, east, north]: Box): [number, number] | null {
  const [dx, dy] = [b[0]! - a[0]!, b[1]! - a[1]!]
  let from = 0
  let to = 1
  for (const [step, room] of [
    [-dx, a[0]! - west],
    [dx, east - a[0]!],
    [-dy, a[1]! - south],
    [dy, north - a[1]!],
  ] as const) {
    if (step === 0 && room < 0) return null
    if (step < 0) from = Math.max(from, room / step)
    if (step > 0) to = Math.min(to, room / step)
  }
  return from < to ? [from, to] : null
}

const between = (a: Position, b: Position, t: number): Position =>
  t === 0 ? a : t === 1 ? b : [a[0]! + (b[0]! - a[0]!) * t, a[1]! + (b[1]! - a[1]!) * t]

/** The part of a closed ring inside a box, closed, or null. Meant for simple shapes that cross the box once. */
export function clipRing(ring: readonly Position[], [west, south, east, north]: Box): Position[] | null {
  let points = ring.slice(0, -1)
  const sides: [axis: 0 | 1, limit: number, keepAbove: boolean][] = [
    [0, west, true],
    [0, east, false],
    [1, south, true],
    [1, north, false],
  ]
  for (const [axis, limit, keepAbove] of sides) {
    const isKept = (position: Position) => (keepAbove ? position[axis]! >= limit : position[axis]! <= limit)
    points = points.flatMap((point, i) => {
      const before = points.at(i - 1)!
      if (isKept(point) === isKept(before)) return isKept(point) ? [point] : []
      const cut = between(before, point, (limit - before[axis]!) / (point[axis]! - before[axis]!))
      cut[axis] = limit
      return isKept(point) ? [cut, point] : [cut]
    })
  }
  return points.length < 3 ? null : [...points, points[0]!]
}
