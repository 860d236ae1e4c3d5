import { hasFault } from './find-fault.ts'
import type { GridPolygon, GridRing, GridRings } from './grid.ts'
import { nestRings, nestTracedRings } from './nest-rings.ts'
import { snapRings } from './snap-rings.ts'

/**
 * Makes valid polygons of rings that were simplified, rounded or clipped: no edges of a ring cross, overlap or touch, no ring lacks
 * area, holes lie within their exterior, and rings are wound as vector tiles require (MVT 2.1, 4.3.4.4: exteriors positive by the
 * surveyor's formula, holes negative).
 *
 * @param rings any number of exteriors and holes, by the even-odd rule.
 * @returns the polygons; none when nothing is left on the grid.
 */
export function cleanPolygon(rings: GridRings): GridPolygon[] {
  // Rings without area stay for now: the halves of a bow tie cancel out until snapping separates them.
  const given = rings.map(withoutSpikes).filter((ring) => ring.length >= 3)
  if (given.length === 0) return []
  return hasFault(given) ? nestTracedRings(snapRings(given)) : nestRings(given)
}

/** Returns the ring without repeated points and without spikes: edges that go out and straight back. */
export function withoutSpikes(ring: GridRing): GridRing {
  if (!hasSpikes(ring)) return ring
  const out: GridRing = []
  for (const point of ring) pushPoint(out, point)
  // Across the seam, where the last points meet the first.
  while (out.length > 2) {
    const [first, second] = out as [GridRing[0], GridRing[0]]
    const last = out.at(-1)!
    if ((last.x === first.x && last.y === first.y) || turnsBack(out.at(-2)!, last, first)) out.pop()
    else if (turnsBack(last, first, second)) out.shift()
    else break
  }
  return out
}

function hasSpikes(ring: GridRing): boolean {
  if (ring.length < 3) return true
  let a = ring.at(-2)!
  let b = ring.at(-1)!
  for (const c of ring) {
    if ((b.x === c.x && b.y === c.y) || turnsBack(a, b, c)) return true
    a = b
    b = c
  }
  return false
}

function pushPoint(out: GridRing, point: GridRing[0]): void {
  while (out.length > 0) {
    const last = out.at(-1)!
    if (last.x === point.x && last.y === point.y) return
    if (out.length < 2 || !turnsBack(out.at(-2)!, last, point)) break
    out.pop()
  }
  out.push(point)
}

/** Whether the edge b-c runs back over a-b. */
function turnsBack(a: GridRing[0], b: GridRing[0], c: GridRing[0]): boolean {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const ex = c.x - b.x
  const ey = c.y - b.y
  return dx * ey - dy * ex === 0 && dx * ex + dy * ey < 0
}
