import { cleanPolygon } from '#geo/overlay/clean-polygon.ts'
import { clipRingsToBox, intersectRings, intersectWithNoded, subtractFromNoded } from '#geo/overlay/clip-rings.ts'
import { boxRing, doubleGridArea, type GridBox, type GridRings, gridBoxOf } from '#geo/overlay/grid.ts'
import { createOpenGround, type OpenGround } from './open-ground.ts'

/** The ground of a box that one cell gets. */
export interface Share<T> {
  cell: T
  /** Everything of the box that the cell covers, including what other cells get. */
  coverage: GridRings
  /** The ground that this cell draws; null for the whole box. */
  area: GridRings | null
}

/** The ground that a cell covers, in the units of the box to divide. */
export interface Coverage {
  /** Boxes around its parts: near the antimeridian a box may meet a cell on both sides. */
  extents: readonly GridBox[]
  /** The parts together, by the even-odd rule; rings may extend beyond the box. Called only for a cell that may get ground. */
  rings(): GridRings
}

export interface Quilt<T> {
  shares: Share<T>[]
  /** Ground that no cell covers; null for the whole box. */
  open: GridRings | null
}

/** Less ground than this, in square units of 16 million per tile, is a seam between cells and not a gap in the charts. */
const SEAM_AREA = 4
/** Areas are sums of fractions; less than this is none. */
const NO_AREA = 1e-6

/**
 * Divides a box among cells: each cell gets the part of its coverage that no earlier cell took. A cell whose extent lies on taken ground
 * costs next to nothing: its coverage is not asked for.
 *
 * @param cells in the order of their claim (`orderCells`).
 */
export function quilt<T>(cells: readonly T[], coverageOf: (cell: T) => Coverage, box: GridBox): Quilt<T> {
  const shares: Share<T>[] = []
  const whole = boxArea(box)
  /** Ground that no cell has taken yet; null for the whole box. */
  let open: OpenGround | null = null
  for (const cell of cells) {
    const { extents: all, rings } = coverageOf(cell)
    const extents = all.filter(
      ({ left, top, right, bottom }) => left <= box.right && right >= box.left && top <= box.bottom && bottom >= box.top,
    )
    if (extents.length === 0) continue
    /** No more ground than this can be the cell's. */
    const most = open === null ? whole : openWithin(open, extents)
    if (most <= NO_AREA) continue
    // A coverage may have invalid rings, and `areaOf` tells outlines from holes by the direction of clean ones.
    let coverage = cleanPolygon(clipRingsToBox(rings(), box)).flat()
    // A cell smaller than a unit still draws something: a harbour across the ocean, seen at zoom 0.
    const isSpeck = coverage.length === 0 && extents.every(isThin)
    if (isSpeck) coverage = extents.flatMap((extent) => clipRingsToBox([boxRing(grown(extent))], box))
    const covered = areaOf(coverage)
    if (covered === 0 || isSeam(most, covered)) continue
    if (isSpeck) {
      // It takes no ground from other cells: its own areas vanish on this grid and would leave a hole.
      shares.push({ cell, coverage, area: coverage })
      continue
    }
    const isWhole = covered >= whole
    if (open === null) {
      shares.push({ cell, coverage, area: isWhole ? null : coverage })
      if (isWhole) return { shares, open: [] }
      open = createOpenGround(subtractFromNoded([boxRing(box)], coverage), box)
    } else if (isWhole) {
      shares.push({ cell, coverage, area: open.rings })
      return { shares, open: [] }
    } else {
      if (!takesGround(coverage, covered, open)) continue
      const area = intersectWithNoded(coverage, open.rings)
      if (isSeam(areaOf(area), covered)) continue
      shares.push({ cell, coverage, area })
      open = createOpenGround(subtractFromNoded(open.rings, coverage), box)
    }
    if (areaOf(open.rings) < SEAM_AREA) break
  }
  return { shares, open: open === null ? null : open.rings }
}

function openWithin(open: OpenGround, extents: readonly GridBox[]): number {
  let sum = 0
  for (const extent of extents) sum += open.areaWithin(grown(extent))
  return sum
}

/** Whether ground is so small that the cell covering it need not draw it. */
const isSeam = (area: number, covered: number) => area < SEAM_AREA && area < covered / 2

/** Whether a coverage has open ground. It looks only at the open ground around the coverage, which is a small part. */
function takesGround(coverage: GridRings, covered: number, open: OpenGround): boolean {
  const near = clipRingsToBox(open.rings, gridBoxOf(coverage))
  return near.length > 0 && !isSeam(areaOf(intersectRings(coverage, near)), covered)
}

/** Whether an extent is at most two units wide or high, so that rounding may leave nothing of what it holds. */
const isThin = ({ left, top, right, bottom }: GridBox) => right - left <= 2 || bottom - top <= 2

/** A coverage of parts, such as what a box sees of a cell on each side of the antimeridian. */
export function coverageOfParts(parts: readonly GridRings[]): Coverage {
  return { extents: parts.map(gridBoxOf), rings: () => parts.flat() }
}

/** The box, at least a unit wide and high. */
function grown({ left, top, right, bottom }: GridBox): GridBox {
  return { left, top, right: Math.max(right, left + 1), bottom: Math.max(bottom, top + 1) }
}

const boxArea = ({ left, top, right, bottom }: GridBox) => (right - left) * (bottom - top)

/** Area of rings that do not cross: outlines minus holes, told apart by their direction. */
function areaOf(rings: GridRings): number {
  let sum = 0
  for (const ring of rings) sum += doubleGridArea(ring)
  return Math.abs(sum) / 2
}
