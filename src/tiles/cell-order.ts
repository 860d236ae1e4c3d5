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

/** The last zoom of the tile pyramid; clients enlarge its tiles above. */
export const MAXIMUM_ZOOM = 16

/**
 * Ground resolution of a 512 pixel tile at zoom 0 on the equator, over a pixel of 0.28 mm (OGC): the scale denominator that
 * zoom 0 shows there.
 */
export const SCALE_AT_ZOOM_0 = 279_541_132

/** Scales taken for cells that state none, by usage band (INTU). */
const USUAL_SCALES = [1_500_000, 1_500_000, 350_000, 90_000, 45_000, 12_000, 4_000]

/** The zoom, with its fraction, at which a 512 pixel tile shows ground at this latitude at this scale. */
export function zoomOfScale(scale: number, latitude: number): number {
  return Math.log2((SCALE_AT_ZOOM_0 * Math.cos((latitude * Math.PI) / 180)) / scale)
}

export function scaleOf(cell: RankedCell): number {
  return cell.scale > 0 ? cell.scale : (USUAL_SCALES[cell.usageBand] ?? 45_000)
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
