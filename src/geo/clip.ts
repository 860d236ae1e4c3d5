import { booleanOp, Clipper64, ClipType, FillRule, rectClip } from 'clipper2-ts'
import { type GridBox, type GridLine, type GridPoint, type GridRings, gridBoxHolds, gridBoxOf } from './grid.ts'

/**
 * The part of an area within a box, by the even-odd rule. May leave edges that touch along the box; see `cleanPolygon`.
 */
export function clipRingsToBox(rings: GridRings, box: GridBox): GridRings {
  const inside: GridRings = []
  const across: GridRings = []
  for (const ring of rings) {
    const extent = gridBoxOf([ring])
    if (gridBoxHolds(box, extent)) inside.push(ring)
    else if (extent.left < box.right && extent.right > box.left && extent.top < box.bottom && extent.bottom > box.top)
      across.push(ring)
    // A ring that only touches the box from outside adds nothing to it.
  }
  if (across.length === 0) return inside
  // Each ring by itself: where two of them lie over the same stretch of the box's edge, the even-odd rule still holds.
  for (const ring of across) inside.push(...rectClip(box, ring))
  return inside
}

/** The common part of two areas, by the even-odd rule. */
export function intersectRings(rings: GridRings, others: GridRings): GridRings {
  if (rings.length === 0 || others.length === 0) return []
  return booleanOp(ClipType.Intersection, rings, others, FillRule.EvenOdd)
}

/** What is left of an area without another, by the even-odd rule. */
export function subtractRings(rings: GridRings, others: GridRings): GridRings {
  if (rings.length === 0) return []
  if (others.length === 0) return rings
  return booleanOp(ClipType.Difference, rings, others, FillRule.EvenOdd)
}

/** The parts of lines within an area. */
export function clipLinesToRings(lines: readonly GridLine[], rings: GridRings): GridLine[] {
  if (lines.length === 0 || rings.length === 0) return []
  const clipper = new Clipper64()
  clipper.addOpenSubject(lines as GridLine[])
  clipper.addClip(rings)
  const closed: GridRings = []
  const open: GridLine[] = []
  clipper.execute(ClipType.Intersection, FillRule.EvenOdd, closed, open)
  return open
}

/**
 * The parts of a line within a box, in its direction (Liang and Barsky), cut at whole numbers.
 */
export function clipLineToBox(line: GridLine, box: GridBox): GridLine[] {
  const parts: GridLine[] = []
  let part: GridPoint[] = []
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1]!
    const b = line[i]!
    const cut = cutSegment(a, b, box)
    if (cut === null) {
      if (part.length > 1) parts.push(part)
      part = []
      continue
    }
    const [from, to] = cut
    const last = part.at(-1)
    if (last === undefined || last.x !== from.x || last.y !== from.y) {
      if (part.length > 1) parts.push(part)
      part = [from]
    }
    if (from.x !== to.x || from.y !== to.y) part.push(to)
    if (to !== b) {
      if (part.length > 1) parts.push(part)
      part = []
    }
  }
  if (part.length > 1) parts.push(part)
  return parts
}

function cutSegment(a: GridPoint, b: GridPoint, box: GridBox): [GridPoint, GridPoint] | null {
  const dx = b.x - a.x
  const dy = b.y - a.y
  let t0 = 0
  let t1 = 1
  for (const [step, room] of [
    [-dx, a.x - box.left],
    [dx, box.right - a.x],
    [-dy, a.y - box.top],
    [dy, box.bottom - a.y],
  ] as const) {
    if (step === 0) {
      if (room < 0) return null
      continue
    }
    const t = room / step
    if (step < 0) {
      if (t > t1) return null
      if (t > t0) t0 = t
    } else {
      if (t < t0) return null
      if (t < t1) t1 = t
    }
  }
  const at = (t: number): GridPoint => ({ x: Math.round(a.x + t * dx), y: Math.round(a.y + t * dy) })
  return [t0 === 0 ? a : at(t0), t1 === 1 ? b : at(t1)]
}
