import { clipRingsToBox } from '#geo/overlay/clip-rings.ts'
import { quilt } from '../quilt/quilt.ts'
import { extentsOnGrid, outlineOnGrid, type Shape } from '../view/outline.ts'
import type { PlanGround } from './plan-ground.ts'

/** A cell that has ground. */
export interface PlannedPlace {
  /** Its place in the list of outlines. */
  place: number
  /** Whether some of its ground lies in the frame's own box, and not only within reach of it. */
  isNear: boolean
}

/**
 * Which cells have ground in or around a tile.
 *
 * Drawing an uncached tile quilts it a second time, on purpose. The plan decides the digest before any cell is opened, so a 304 or
 * a cached tile never loads one; it works on outlines in memory. Drawing divides only the cells that the plan names, at the
 * product's own detail, and by the coverage simplified together with the areas it cuts: shares taken from the plan would leave
 * gaps along every border.
 *
 * @param outlines in the order of their claim.
 * @param checkpoint called for each outline; throws to stop.
 */
export function divideGround(
  { frame, far }: PlanGround,
  outlines: readonly Shape[],
  checkpoint: () => void = () => {},
): PlannedPlace[] {
  const wide = { ...frame, box: far }
  const places = outlines.map((_, place) => place)
  const coverageOf = (place: number) => {
    checkpoint()
    const outline = outlines[place]!
    return { extents: extentsOnGrid(outline, wide), rings: () => outlineOnGrid(outline, wide) }
  }
  const { shares } = quilt(places, coverageOf, far)
  return shares.map(({ cell: place, area }) => ({
    place,
    isNear: area === null || clipRingsToBox(area, frame.box).length > 0,
  }))
}
