import { hasFault } from './find-fault.ts'
import { doubleGridArea, type GridPolygon, type GridRing, type GridRings, gridBoxHolds, gridBoxOf, sideOfRings } from './grid.ts'
import { snapRings } from './snap-rings.ts'

/**
 * Makes valid polygons of rings that were thinned, rounded or cut: no edges that cross, overlap or touch within a ring, no
 * ring without area, holes within their outline, windings as vector tiles want them (MVT 2.1, 4.3.4.4: exterior rings positive
 * by the surveyor's formula, holes negative).
 *
 * @param rings outline and holes, or several of them, by the even-odd rule.
 * @returns the polygons; none when nothing is left of them on the grid.
 */
export function cleanPolygon(rings: GridRings): GridPolygon[] {
  // A bow tie's halves cancel out: an area of zero says nothing before they are parted.
  const given = rings.map(withoutSpikes).filter((ring) => ring.length >= 3)
  if (given.length === 0) return []
  return hasFault(given) ? nestTraced(snapRings(given)) : nest(given)
}

/** The ring without repeated points and without stretches that go out and straight back. */
export function withoutSpikes(ring: GridRing): GridRing {
  if (!hasSpikes(ring)) return ring
  const out: GridRing = []
  for (const point of ring) pushPoint(out, point)
  // Around the seam, where the last points meet the first.
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

/** Whether b-c runs back over a-b. */
function turnsBack(a: GridRing[0], b: GridRing[0], c: GridRing[0]): boolean {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const ex = c.x - b.x
  const ey = c.y - b.y
  return dx * ey - dy * ex === 0 && dx * ex + dy * ey < 0
}

/** Sorts rings that do not cross into polygons, and winds them. */
export function nest(rings: GridRings): GridPolygon[] {
  if (rings.length === 1) return [[wind(rings[0]!, true)]]
  return group(rings, false)
}

/** As `nest`, of rings as `snapRings` and `overlayRings` give them: their direction tells outlines from holes. */
export function nestTraced(rings: GridRings): GridPolygon[] {
  if (rings.length === 1) return [[rings[0]!]]
  return group(rings, true)
}

function group(rings: GridRings, isTraced: boolean): GridPolygon[] {
  const entries = rings
    .map((ring) => ({ ring, area: doubleGridArea(ring), box: gridBoxOf([ring]), polygon: null as GridPolygon | null }))
    .sort((a, b) => Math.abs(b.area) - Math.abs(a.area))
  const polygons: GridPolygon[] = []
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i]!
    // The smallest ring around it decides: an outline makes it a hole, a hole makes it an island.
    let around: (typeof entries)[number] | null = null
    for (let j = isTraced && entry.area > 0 ? -1 : i - 1; j >= 0; j--) {
      const outer = entries[j]!
      if (isTraced && outer.area < 0) continue
      if (gridBoxHolds(outer.box, entry.box) && lies(entry.ring, outer.ring)) {
        around = outer
        break
      }
    }
    if (around?.polygon) around.polygon.push(wind(entry.ring, false))
    else {
      entry.polygon = [wind(entry.ring, true)]
      polygons.push(entry.polygon)
    }
  }
  return polygons
}

/** Whether a ring lies in another that it does not cross: some point of it that is not on the other's edges decides. */
function lies(inner: GridRing, outer: GridRing): boolean {
  for (const { x, y } of inner) {
    const side = sideOfRings(x, y, [outer])
    if (side !== 'boundary') return side === 'inside'
  }
  let a = inner.at(-1)!
  for (const b of inner) {
    const side = sideOfRings((a.x + b.x) / 2, (a.y + b.y) / 2, [outer])
    if (side !== 'boundary') return side === 'inside'
    a = b
  }
  return false
}

function wind(ring: GridRing, exterior: boolean): GridRing {
  return doubleGridArea(ring) > 0 === exterior ? ring : ring.toReversed()
}
