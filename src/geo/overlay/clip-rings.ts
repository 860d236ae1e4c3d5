import { cutRings } from './cut-rings.ts'
import { type GridBox, type GridRings, gridBoxOf } from './grid.ts'
import { overlayRings } from './snap-rings.ts'

/** The part of an area within a box, by the even-odd rule. */
export function clipRingsToBox(rings: GridRings, box: GridBox): GridRings {
  const near = rings.filter((ring) => {
    const extent = gridBoxOf([ring])
    return extent.left <= box.right && extent.right >= box.left && extent.top <= box.bottom && extent.bottom >= box.top
  })
  return near.length === 0 ? [] : cutRings(near, box)
}

/** The common part of two areas, by the even-odd rule. */
export function intersectRings(rings: GridRings, others: GridRings): GridRings {
  if (rings.length === 0 || others.length === 0) return []
  return overlayRings(rings, others, 'intersection')
}

/** What is left of an area without another, by the even-odd rule. */
export function subtractRings(rings: GridRings, others: GridRings): GridRings {
  if (rings.length === 0) return []
  if (others.length === 0) return rings
  return overlayRings(rings, others, 'difference')
}
