import { type GridBox, type GridLine, type GridPoint, type GridRings, sideOfRings } from './grid.ts'

/** Clips a line to an area, edges included. The parts keep the line's direction; cuts are rounded to whole numbers. */
export function clipLineToRings(line: GridLine, rings: GridRings): GridLine[] {
  const parts: GridLine[] = []
  let part: GridLine = []
  const end = () => {
    if (part.length > 1) parts.push(part)
    part = []
  }
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1]!
    const b = line[i]!
    let from = a
    for (const to of [...crossings(a, b, rings), b]) {
      if (from.x === to.x && from.y === to.y) continue
      if (sideOfRings((from.x + to.x) / 2, (from.y + to.y) / 2, rings) === 'outside') end()
      else {
        if (part.length === 0) part.push(from)
        part.push(to)
      }
      from = to
    }
  }
  end()
  return parts
}

/** Returns where the segment a-b crosses the edges of an area, rounded to the grid, in the order from a to b. */
function crossings(a: GridPoint, b: GridPoint, rings: GridRings): GridPoint[] {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const found: number[] = []
  for (const ring of rings) {
    let p = ring.at(-1)!
    for (const q of ring) {
      const d1 = dx * (p.y - a.y) - dy * (p.x - a.x)
      const d2 = dx * (q.y - a.y) - dy * (q.x - a.x)
      if (d1 > 0 !== d2 > 0) {
        const s = d1 / (d1 - d2)
        const x = p.x + s * (q.x - p.x)
        const y = p.y + s * (q.y - p.y)
        const t = Math.abs(dx) > Math.abs(dy) ? (x - a.x) / dx : (y - a.y) / dy
        if (t > 0 && t < 1) found.push(t)
      }
      p = q
    }
  }
  return found.sort((s, t) => s - t).map((t) => ({ x: Math.round(a.x + t * dx), y: Math.round(a.y + t * dy) }))
}

/** Clips a line to a box (Liang and Barsky). The parts keep the line's direction; cuts are rounded to whole numbers. */
export function clipLineToBox(line: GridLine, box: GridBox): GridLine[] {
  const parts: GridLine[] = []
  let part: GridPoint[] = []
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1]!
    const b = line[i]!
    const cut = clipSegment(a, b, box)
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

/** Returns the part of the segment a-b in a box, or null. An end that is not cut is the same object. */
function clipSegment(a: GridPoint, b: GridPoint, box: GridBox): [GridPoint, GridPoint] | null {
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
