import { scaleOrUsual, zoomOfScale } from '#geo/scale.ts'
import { MAXIMUM_ZOOM } from '#geo/tile-grid.ts'

/** What decides which of two overlapping cells is drawn. */
export interface RankedCell {
  name: string
  edition: number
  update: number
  /** ISDT, `YYYY-MM-DD`. */
  issueDate: string | null
  /** Compilation scale, the denominator; 0 when the cell does not say. */
  scale: number
  usageBand: number
  /** Degrees, of the middle of the cell. */
  latitude: number
}

function scaleOf(cell: RankedCell): number {
  return scaleOrUsual(cell.scale, cell.usageBand)
}

/**
 * The first tile zoom a cell is meant for: the one whose range of display zooms (z up to z + 1) holds the cell's own scale.
 */
export function firstZoom(cell: RankedCell): number {
  const zoom = Math.floor(zoomOfScale(scaleOf(cell), cell.latitude))
  return Math.min(MAXIMUM_ZOOM, Math.max(0, zoom))
}

/**
 * The order in which cells claim ground at a zoom: those meant for it, finest first; then, to fill what they leave open, those
 * meant for later zooms, coarsest first. Among equals the newest first, then by name, so that the order never depends on chance.
 *
 * It depends on the cells and the zoom alone, so every tile of a zoom divides the ground the same way.
 */
export function orderCells<T extends RankedCell>(cells: readonly T[], zoom: number): T[] {
  const suitable: T[] = []
  const fillers: T[] = []
  for (const cell of cells) (firstZoom(cell) <= zoom ? suitable : fillers).push(cell)
  suitable.sort((a, b) => scaleOf(a) - scaleOf(b) || newestFirst(a, b))
  fillers.sort((a, b) => scaleOf(b) - scaleOf(a) || newestFirst(a, b))
  return [...suitable, ...fillers]
}

function newestFirst(a: RankedCell, b: RankedCell): number {
  return compare(b.issueDate ?? '', a.issueDate ?? '') || b.edition - a.edition || b.update - a.update || compare(a.name, b.name)
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
