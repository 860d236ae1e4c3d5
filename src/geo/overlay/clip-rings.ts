import { cutRings } from './cut-rings.ts'
import { type GridBox, type GridRings, gridBoxOf } from './grid.ts'
import { overlayRings } from './snap-rings.ts'

/** Clips an area to a box, by the even-odd rule. The result may cross or touch itself; `cleanPolygon` makes it valid. */
export function clipRingsToBox(rings: GridRings, box: GridBox): GridRings {
  const near = rings.filter((ring) => {
    const extent = gridBoxOf([ring])
    return extent.left <= box.right && extent.right >= box.left && extent.top <= box.bottom && extent.bottom >= box.top
  })
  return near.length === 0 ? [] : cutRings(near, box)
}

/** Intersects two areas, by the even-odd rule. */
export function intersectRings(rings: GridRings, others: GridRings): GridRings {
  if (rings.length === 0 || others.length === 0) return []
  return overlayRings(rings, others, 'intersection', null)
}

/** Subtracts the second area from the first, by the even-odd rule. */
export function subtractRings(rings: GridRings, others: GridRings): GridRings {
  if (rings.length === 0) return []
  if (others.length === 0) return rings
  return overlayRings(rings, others, 'difference', null)
}

/** As `intersectRings`, where `noded` is a box or a result of an overlay. Takes time mostly for the other area. */
export function intersectWithNoded(rings: GridRings, noded: GridRings): GridRings {
  if (rings.length === 0 || noded.length === 0) return []
  return overlayRings(rings, noded, 'intersection', 'second')
}

/** As `subtractRings`, where `noded` is a box or a result of an overlay. Takes time mostly for the other area. */
export function subtractFromNoded(noded: GridRings, others: GridRings): GridRings {
  if (noded.length === 0) return []
  if (others.length === 0) return noded
  return overlayRings(noded, others, 'difference', 'first')
}
