import { cleanPolygon } from '#geo/overlay/clean-polygon.ts'
import { type GridBox, type GridLine, type GridPoint, type GridRings, gridBoxOf, sideOfRings } from '#geo/overlay/grid.ts'
import type { TileFrame } from '#geo/tile-frame.ts'
import { ringsOfFrame, type TileShare } from '#tiles/draw/divide-tile.ts'

/** Where ground drawn from cells of two navigational purposes meets. */
export interface ScaleBoundary {
  /** Usage band of the finer side, to the right of the lines. */
  band: number
  /** Usage band of the coarser side. */
  coarserBand: number
  lines: GridLine[]
}

interface Ground {
  band: number
  rings: GridRings
  box: GridBox
}

/** What lies beyond a border is looked at in pieces of at most this many units, so a boundary ends within half of it. */
const PIECE = 64
/** How far beyond a border: rounding may leave a gap of a unit between neighbours. */
const BEYOND = 2

/** The lines where the navigational purpose changes (S-52, DATCVR02). Borders without a chart on the other side are none. */
export function scaleBoundaries(shares: readonly TileShare[], frame: TileFrame): ScaleBoundary[] {
  const grounds = groundByBand(shares, frame)
  return grounds.flatMap((finer) => {
    const coarser = grounds.filter(({ band }) => band < finer.band)
    const found = new Map<number, GridLine[]>()
    for (const ring of coarser.length === 0 ? [] : finer.rings) addLines(ring, coarser, frame.box, found)
    return [...found].map(([coarserBand, lines]) => ({ band: finer.band, coarserBand, lines }))
  })
}

/** The ground of each usage band; borders between two cells of one band cancel out. */
function groundByBand(shares: readonly TileShare[], frame: TileFrame): Ground[] {
  const byBand = Map.groupBy(
    shares.filter(({ visible, isOverlay }) => visible && !isOverlay),
    ({ cell }) => cell.header.usageBand,
  )
  if (byBand.size < 2) return []
  return [...byBand].map(([band, cells]) => {
    const rings = cleanPolygon(cells.flatMap(({ area }) => area ?? ringsOfFrame(frame))).flat()
    return { band, rings, box: gridBoxOf(rings) }
  })
}

/** Adds the stretches of a ring that have coarser ground to their left: rings run with their own ground to the right. */
function addLines(ring: GridLine, coarser: readonly Ground[], box: GridBox, found: Map<number, GridLine[]>): void {
  let line: GridPoint[] = []
  let lineBand: number | null = null
  const end = () => {
    if (lineBand !== null && line.length > 1) found.set(lineBand, [...(found.get(lineBand) ?? []), line])
    line = []
    lineBand = null
  }
  let from = ring.at(-1)
  for (const to of from === undefined ? [] : ring) {
    if (from === undefined || isOnSide(from, to, box)) end()
    else {
      for (const [start, stop] of piecesOf(from, to)) {
        const band = bandBeside(start, stop, coarser)
        if (band !== lineBand) {
          end()
          lineBand = band
        }
        if (band === null) continue
        if (line.length === 0) line.push(start)
        line.push(stop)
      }
    }
    from = to
  }
  end()
}

/** Whether an edge runs along a side of the box: coverages are cut there. */
function isOnSide(a: GridPoint, b: GridPoint, { left, top, right, bottom }: GridBox): boolean {
  return (a.x === b.x && (a.x === left || a.x === right)) || (a.y === b.y && (a.y === top || a.y === bottom))
}

function piecesOf(a: GridPoint, b: GridPoint): [GridPoint, GridPoint][] {
  const count = Math.max(1, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / PIECE))
  const at = (i: number): GridPoint =>
    i === 0
      ? a
      : i === count
        ? b
        : { x: Math.round(a.x + ((b.x - a.x) * i) / count), y: Math.round(a.y + ((b.y - a.y) * i) / count) }
  return Array.from({ length: count }, (_, i) => [at(i), at(i + 1)])
}

/** The usage band of the ground to the left of an edge; null for none. */
function bandBeside(a: GridPoint, b: GridPoint, coarser: readonly Ground[]): number | null {
  const length = Math.hypot(b.x - a.x, b.y - a.y)
  const x = (a.x + b.x) / 2 + ((b.y - a.y) / length) * BEYOND
  const y = (a.y + b.y) / 2 - ((b.x - a.x) / length) * BEYOND
  const ground = coarser.find(
    ({ box, rings }) =>
      x >= box.left && x <= box.right && y >= box.top && y <= box.bottom && sideOfRings(x, y, rings) !== 'outside',
  )
  return ground?.band ?? null
}
