import type { GridBox } from '#geo/overlay/grid.ts'
import { createFrame, type TileFrame } from '#geo/tile-frame.ts'
import { type TileAddress, tileBox } from '#geo/tile-grid.ts'

/** The ground that a plan divides among cells. */
export interface PlanGround {
  frame: TileFrame
  /** The frame's box and what lies around it within reach, in units of the frame. */
  far: GridBox
  /** The zoom whose order of claim applies; a fraction counts as the zoom below. */
  zoom: number
}

/** Drawing simplifies a coverage, which may then extend this many units further than the outline the plan divides. */
const SIMPLIFICATION = 4

/**
 * The ground of a tile.
 *
 * @param buffer units around the tile that are drawn too.
 * @param reach units around the tile from where an object may still reach into it.
 * @param zoom whose order of claim applies.
 */
export function tileGround(
  tile: TileAddress,
  { buffer, reach, zoom }: { buffer: number; reach: number; zoom: number },
): PlanGround {
  const margin = buffer === 0 ? 0 : buffer + SIMPLIFICATION
  const frame = createFrame(tile, margin)
  return { frame, far: tileBox(frame.extent, Math.max(margin, reach)), zoom }
}
