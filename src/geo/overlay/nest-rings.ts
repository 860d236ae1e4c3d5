import { doubleGridArea, type GridPolygon, type GridRing, type GridRings, gridBoxHolds, gridBoxOf, sideOfRings } from './grid.ts'

/** Sorts rings that do not cross into polygons with holes, and winds them as `GridPolygon` states. */
export function nestRings(rings: GridRings): GridPolygon[] {
  if (rings.length === 1) return [[wind(rings[0]!, true)]]
  return group(rings, false)
}

/** Does the same for rings of `snapRings` and `overlayRings`, whose direction tells exteriors from holes already. */
export function nestTracedRings(rings: GridRings): GridPolygon[] {
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
    // The smallest ring around it decides: within an exterior it is a hole, within a hole an island.
    let around: (typeof entries)[number] | null = null
    for (let j = isTraced && entry.area > 0 ? -1 : i - 1; j >= 0; j--) {
      const outer = entries[j]!
      if (isTraced && outer.area < 0) continue
      if (gridBoxHolds(outer.box, entry.box) && liesInside(entry.ring, outer.ring)) {
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

/**
 * Whether a ring lies in another that it does not cross: the first of its points or edge middles that lies off the other's edges decides.
 */
function liesInside(inner: GridRing, outer: GridRing): boolean {
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

/** Returns the ring, reversed when it is not wound as an exterior (or hole) must be. */
function wind(ring: GridRing, exterior: boolean): GridRing {
  return doubleGridArea(ring) > 0 === exterior ? ring : ring.toReversed()
}
