import { cleanPolygon } from '#geo/overlay/clean-polygon.ts'
import { clipRingsToBox, intersectRings, subtractRings } from '#geo/overlay/clip.ts'
import { placeOfBox } from '#geo/overlay/cut-to-area.ts'
import { boxRing, doubleGridArea, type GridBox, type GridRings, gridBoxOf } from '#geo/overlay/grid.ts'

/** A cell's share of a tile. */
export interface Share<T> {
  cell: T
  /** The cell's coverage within the tile's box, whatever others take of it. */
  coverage: GridRings
  /** What this cell draws; null for the whole box. */
  area: GridRings | null
}

export interface Quilt<T> {
  shares: Share<T>[]
  /** What nobody covers; null for the whole box. */
  open: GridRings | null
}

/** Less than this of a tile's 16 million square units is a seam between cells, not ground that misses a chart. */
const SEAM = 4

/**
 * Divides a box among cells: each takes of what is left over what it covers.
 *
 * @param cells in the order of their claim (`orderCells`).
 * @param coverageOf the cell's coverage in the units of the box, by the even-odd rule; rings may reach beyond the box.
 */
export function quilt<T>(cells: readonly T[], coverageOf: (cell: T) => GridRings, box: GridBox): Quilt<T> {
  const shares: Share<T>[] = []
  const whole = boxArea(box)
  /** What nobody has taken yet; null for the whole box. */
  let open: GridRings | null = null
  for (const cell of cells) {
    const rings = coverageOf(cell)
    const extent = gridBoxOf(rings)
    if (!(extent.left <= box.right && extent.right >= box.left && extent.top <= box.bottom && extent.bottom >= box.top)) continue
    if (open !== null && placeOfBox(extent, open) === 'outside') continue
    // A coverage may have invalid rings; and the direction of a clean ring tells outlines from holes.
    let coverage = cleanPolygon(clipRingsToBox(rings, box)).flat()
    // A cell smaller than a unit is still there: a harbour on the other side of the ocean, seen at zoom 0.
    const speck = coverage.length === 0 && isSpeck(extent)
    if (speck) coverage = clipRingsToBox([boxRing(grown(extent))], box)
    const covered = areaOf(coverage)
    if (covered === 0) continue
    if (speck) {
      // It takes no ground from anybody: its own areas have none on this grid, and a hole would be left.
      shares.push({ cell, coverage, area: coverage })
      continue
    }
    const all = covered >= whole
    if (open === null) {
      shares.push({ cell, coverage, area: all ? null : coverage })
      if (all) return { shares, open: [] }
      open = subtractRings([boxRing(box)], coverage)
    } else {
      const area = all ? open : intersectRings(coverage, open)
      const left = areaOf(area)
      if (left < SEAM && left < covered / 2) continue
      shares.push({ cell, coverage, area })
      if (all) return { shares, open: [] }
      open = subtractRings(open, coverage)
    }
    if (areaOf(open) < SEAM) break
  }
  return { shares, open }
}

/** Whether all of a coverage lies within a unit or two, so that nothing of it may be left on the grid. */
const isSpeck = ({ left, top, right, bottom }: GridBox) => right - left <= 2 || bottom - top <= 2

/** At least a unit wide and high. */
function grown({ left, top, right, bottom }: GridBox): GridBox {
  return { left, top, right: Math.max(right, left + 1), bottom: Math.max(bottom, top + 1) }
}

const boxArea = ({ left, top, right, bottom }: GridBox) => (right - left) * (bottom - top)

/** Area by the even-odd rule of rings that do not cross: outlines minus holes, told apart by their direction. */
function areaOf(rings: GridRings): number {
  let sum = 0
  for (const ring of rings) sum += doubleGridArea(ring)
  return Math.abs(sum) / 2
}
