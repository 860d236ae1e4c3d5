import { scaleOrUsual, zoomOfScale } from '#geo/scale.ts'
import { MAXIMUM_ZOOM } from '#geo/tile-grid.ts'

/** What decides which of two overlapping cells is drawn. */
export interface RankedCell {
  name: string
  edition: number
  update: number
  /** ISDT, `YYYY-MM-DD`. */
  issueDate: string | null
  /** Denominator of the compilation scale; 0 when the cell states none. */
  scale: number
  usageBand: number
  /** Of the middle of the cell, in degrees. */
  latitude: number
}

/** The denominator of the scale by which a cell is ordered. */
export function scaleOf(cell: RankedCell): number {
  return scaleOrUsual(cell.scale, cell.usageBand)
}

/** The first tile zoom that a cell is meant for: the one whose display zooms, z up to z + 1, include the scale of the cell. */
export function firstZoom(cell: RankedCell): number {
  const zoom = Math.floor(zoomOfScale(scaleOf(cell), cell.latitude))
  return Math.min(MAXIMUM_ZOOM, Math.max(0, zoom))
}

/**
 * The order in which cells claim ground at a zoom: first the cells meant for it, finest first; then, to fill what those leave open,
 * the cells meant for later zooms, coarsest first. Ties go to the newest issue, edition and update, and then to the name.
 *
 * The order depends on the cells and the zoom alone, so all tiles of a zoom divide the ground the same way.
 */
export function orderCells<T extends RankedCell>(cells: readonly T[], zoom: number): T[] {
  const meant: T[] = []
  const fillers: T[] = []
  for (const cell of cells) (firstZoom(cell) <= zoom ? meant : fillers).push(cell)
  meant.sort((a, b) => scaleOf(a) - scaleOf(b) || compareCells(a, b))
  fillers.sort((a, b) => scaleOf(b) - scaleOf(a) || compareCells(a, b))
  return [...meant, ...fillers]
}

/** Orders cells of one scale: newest issue, edition and update first, then by name. */
export function compareCells(a: RankedCell, b: RankedCell): number {
  return compare(b.issueDate ?? '', a.issueDate ?? '') || b.edition - a.edition || b.update - a.update || compare(a.name, b.name)
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
