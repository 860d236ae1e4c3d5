import { zoomOfScale } from '#geo/scale.ts'
import { type TileFrame, worldBoxOf } from '#geo/tile-frame.ts'
import { EXTENT, MAXIMUM_ZOOM, tileBox } from '#geo/tile-grid.ts'
import type { WorldBox } from '#geo/world.ts'
import { firstZoom, scaleOf } from '../quilt/cell-order.ts'
import type { ChartCell, ChartSnapshot } from '../view/chart-snapshot.ts'
import { outlineMeetsBox } from '../view/outline-meets-box.ts'
import type { PlanGround } from './plan-ground.ts'

/** Units around a tile within which a finer cell counts as part of the picture: one tile. */
const FINER_REACH = EXTENT

/** A cell is finer than another from twice its scale on: between neighbours of much the same scale nothing fills a gap. */
const FINER_BY = 2

/** Zooms above the scale of a cell from which clients tell its ground apart (DATCVR02), less the rounding of published zooms. */
const ENLARGED_FROM = Math.log2(FINER_BY) + 0.9

export interface FinerSearch {
  snapshot: Pick<ChartSnapshot, 'near'>
  ground: PlanGround
  accountId: number
  /** The cells that the tile is made of. */
  cells: readonly ChartCell[]
}

/** All that `besideFiner` looks at around a tile. */
export function boxAround(frame: TileFrame): WorldBox {
  return worldBoxOf(frame, tileBox(frame.extent, FINER_REACH))
}

/**
 * The places in `cells` of those that fill what finer cells leave open: drawn at about twice their compilation scale or more, while a
 * cell of at least twice their scale that is meant for the zoom covers ground in the tile or within `FINER_REACH` (S-52 3.2.3 8b).
 * Without such a cell the user has zoomed in, and the place is left out. Tiles of the last zoom serve all later ones, so there the
 * scale of the display does not count.
 */
export function besideFiner({ snapshot, ground: { frame, zoom }, accountId, cells }: FinerSearch): number[] {
  // Clients show a tile up to the next zoom.
  const shown = zoom >= MAXIMUM_ZOOM ? Number.POSITIVE_INFINITY : zoom + 1
  const enlarged = [...cells.keys()].filter((i) => zoomOfScale(scaleOf(cells[i]!), cells[i]!.latitude) + ENLARGED_FROM < shown)
  if (enlarged.length === 0) return []
  const coarsest = Math.max(...enlarged.map((i) => scaleOf(cells[i]!)))
  const around = boxAround(frame)
  // Cells meant for the zoom come first, the finest first.
  for (const cell of snapshot.near(around, accountId, zoom)) {
    const scale = scaleOf(cell)
    if (firstZoom(cell) > zoom || scale * FINER_BY > coarsest) return []
    if (!outlineMeetsBox(cell.outline, around)) continue
    return enlarged.filter((i) => scale * FINER_BY <= scaleOf(cells[i]!))
  }
  return []
}
