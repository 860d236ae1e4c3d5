import { cleanPolygon, nestTraced } from './clean-polygon.ts'
import { clipRingsToBox, intersectRings } from './clip-rings.ts'
import { type GridBox, type GridPolygon, type GridRings, gridBoxOf, sideOfRings } from './grid.ts'

/**
 * What rings (by the even-odd rule) have in common with an area, as valid polygons (`cleanPolygon`). Only rings that come near the
 * area's edges are overlaid with it: of a sea with a thousand islands that is the shore and a few of them.
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
  // What is overlaid is valid already; with the others beside it, which rounding may have brought nearer, it need not be.
  return within.length === 0 ? nestTraced(cut) : cleanPolygon([...cut, ...within])
}

/** Where a box lies with respect to an area; `across` also when an edge only comes near. */
export function placeOfBox(box: GridBox, area: GridRings): 'inside' | 'outside' | 'across' {
  if (hasEdgeNear(area, box)) return 'across'
  return sideOfRings(box.left, box.top, area) === 'inside' ? 'inside' : 'outside'
}

/** Whether an edge of an area passes a box; the boxes around edges decide, so one that only comes near may count. */
export function hasEdgeNear(rings: GridRings, { left, top, right, bottom }: GridBox): boolean {
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
