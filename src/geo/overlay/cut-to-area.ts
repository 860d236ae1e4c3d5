import { cleanPolygon } from './clean-polygon.ts'
import { clipRingsToBox, intersectRings } from './clip-rings.ts'
import { type GridBox, type GridPolygon, type GridRings, gridBoxOf, sideOfRings } from './grid.ts'
import { nestTracedRings } from './nest-rings.ts'

/**
 * Clips rings (by the even-odd rule) to an area and returns valid polygons (`cleanPolygon`). Only rings near the area's edges are
 * overlaid with it: for a sea with a thousand islands, the shore and a few of them.
 *
 * @param area rings that do not cross.
 */
export function cutToArea(rings: GridRings, area: GridRings): GridPolygon[] {
  const within: GridRings = []
  const across: GridRings = []
  for (const ring of rings) {
    const where = placeOfBox(gridBoxOf([ring]), area)
    if (where === 'across') across.push(ring)
    else if (where === 'inside') within.push(ring)
  }
  if (across.length === 0) return within.length === 0 ? [] : cleanPolygon(within)
  const cut = intersectRings(across, clipRingsToBox(area, gridBoxOf(across)))
  // The overlay is valid, but rounding may have moved it onto rings that took no part in it.
  return within.length === 0 ? nestTracedRings(cut) : cleanPolygon([...cut, ...within])
}

/** Tells where a box lies relative to an area. `across` may also mean that an edge only comes near (`hasEdgeNear`). */
export function placeOfBox(box: GridBox, area: GridRings): 'inside' | 'outside' | 'across' {
  if (hasEdgeNear(area, box)) return 'across'
  return sideOfRings(box.left, box.top, area) === 'inside' ? 'inside' : 'outside'
}

/** Whether an edge of an area may meet a box. It compares bounding boxes, so an edge that only comes near counts too. */
function hasEdgeNear(rings: GridRings, { left, top, right, bottom }: GridBox): boolean {
  for (const ring of rings) {
    let a = ring.at(-1)!
    for (const b of ring) {
      const beside = (a.x < left && b.x < left) || (a.x > right && b.x > right)
      if (!beside && !((a.y < top && b.y < top) || (a.y > bottom && b.y > bottom))) return true
      a = b
    }
  }
  return false
}
