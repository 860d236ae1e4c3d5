import { NO_DEPTH } from '../format/compiled-cell.ts'
import type { DepthBoundary } from './feature-rows.ts'
import { type StretchUse, sidesOf } from './stretch-use.ts'

/**
 * Returns the stretches where the depth changes and no contour is charted: between two depth areas, or between one and land or
 * unsurveyed ground. S-52 draws the safety contour there too (DEPARE03). The limit of the coverage is not a boundary: only one of its
 * sides is known, and the sea continues in the next cell.
 */
export function depthBoundaries(use: StretchUse): DepthBoundary[] {
  const found: DepthBoundary[] = []
  for (let stretch = 0; stretch < use.left.length; stretch++) {
    if (use.contour[stretch] === 1) continue
    const { shallow, deep } = sidesOf(use, stretch)
    // A safety depth is above 0, so boundaries above the datum never matter, and every drying height would get a line along the coast.
    if (shallow !== NO_DEPTH && shallow < deep && deep > 0) found.push({ stretch, deeper: deep, shallower: shallow })
  }
  return found
}
