import { drawnClassName, objectClassName } from '#compiled/format/catalogue-lookup.ts'
import { type CompiledCell, PRIMITIVE } from '#compiled/format/compiled-cell.ts'
import type { GridBox, GridLine, GridPoint } from '#geo/overlay/grid.ts'
import { EXTENT } from '#geo/tile-grid.ts'
import { type CellView, lineAlong } from '#tiles/draw/cell-geometry.ts'
import type { TileShare } from '#tiles/draw/divide-tile.ts'

/** Pixels of a tile of 512 that the length of every complex line's image divides (docs/tiles.md). */
export const LINE_PERIOD = 360
/** In units of a tile. */
const PERIOD = (LINE_PERIOD * EXTENT) / 512
/** A shorter run-up would bend where its end is rounded to the grid. */
const SHORTEST = 64

/** Areas whose boundaries S-52 draws as complex lines. */
export const COMPLEX_BOUNDARIES: ReadonlySet<string> = new Set([
  ...['ACHARE', 'ADMARE', 'ARCSLN', 'CBLARE', 'CTNARE', 'CTSARE', 'DMPGRD', 'DWRTPT', 'FAIRWY', 'FERYRT', 'FSHFAC', 'HRBARE'],
  ...['ICNARE', 'ISTZNE', 'LOCMAG', 'MARCUL', 'MIPARE', 'M_NSYS', 'OSPARE', 'PILBOP', 'PIPARE', 'PRCARE', 'RECTRC', 'RESARE'],
  ...['SNDWAV', 'SPLARE', 'SUBTLN', 'SWPARE', 'TS_FEB', 'TS_PAD', 'TS_PNH', 'TS_PRH', 'TS_TIS', 'TWRTPT', 'T_HMON', 'T_NHMN'],
  ...['NEWOBJ', 'OBSTRN', 'T_TIMS', 'WRECKS'],
])

/** Lines that S-52 draws as complex lines and writes no text along: a run-up would move the middle, where text stands. */
export const COMPLEX_LINES: ReadonlySet<string> = new Set(['CBLSUB', 'CURENT', 'FERYRT', 'FSHFAC', 'PIPSOL'])

/** Whether the lines of a feature have run-ups. */
export function hasRunUps(cell: CompiledCell, feature: number): boolean {
  const name = drawnClassName(objectClassName(cell.objectClass[feature]!))
  return (cell.primitive[feature] === PRIMITIVE.area ? COMPLEX_BOUNDARIES : COMPLEX_LINES).has(name)
}

/**
 * A part as lines of a share. A renderer repeats the image of a complex line from the beginning of each piece, so a piece that enters the
 * tile begins so far outside that its beginning is a whole number of periods from that of the part: tiles then continue each other's
 * symbols. A piece that begins within the tile, where a finer cell ends, begins there.
 */
export function linesWithRunUp(share: TileShare, view: CellView, part: number): GridLine[] {
  const { box } = view.frame
  const line = lineAlong(view, part)
  if (line === null) return []
  const pieces = share.clipLines([line])
  if (!pieces.some((piece) => isOnBox(piece[0]!, box) && piece[0] !== line[0])) return pieces
  // Copies, because the last point of a ring is its first.
  const whole = (lineAlong(view, part, { whole: true }) ?? []).map(({ x, y }) => ({ x, y }))
  const along = distancesAlong(whole)
  return share.clipLines([whole]).map((piece) => {
    const start = isOnBox(piece[0]!, box) ? startOf(piece, whole, along) : null
    return start === null ? piece : withRunUp(piece, start % PERIOD)
  })
}

const isOnBox = ({ x, y }: GridPoint, { left, top, right, bottom }: GridBox) =>
  x === left || x === right || y === top || y === bottom

const distance = (a: GridPoint, b: GridPoint) => Math.hypot(b.x - a.x, b.y - a.y)

/** How far along a line each of its vertices lies. Clipping keeps the vertices themselves. */
function distancesAlong(line: GridLine): Map<GridPoint, number> {
  const along = new Map<GridPoint, number>()
  let length = 0
  for (const [i, point] of line.entries()) {
    if (i > 0) length += distance(line[i - 1]!, point)
    along.set(point, length)
  }
  return along
}

/** How far along a line a piece of it begins. */
function startOf(piece: GridLine, line: GridLine, along: ReadonlyMap<GridPoint, number>): number | null {
  let length = 0
  for (const [i, point] of piece.entries()) {
    if (i > 0) length += distance(piece[i - 1]!, point)
    const vertex = along.get(point)
    if (vertex !== undefined) return vertex - length
  }
  return startWithin(piece, line, along)
}

/** The same for a piece without a vertex of the line: it is cut out of one segment, up to rounding. */
function startWithin([from, to]: GridLine, line: GridLine, along: ReadonlyMap<GridPoint, number>): number | null {
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!]
    const isWithin = (point: GridPoint) => distance(a, point) + distance(point, b) - distance(a, b) < 1
    if (isWithin(from!) && isWithin(to!) && distance(a, from!) < distance(a, to!)) return along.get(a)! + distance(a, from!)
  }
  return null
}

/** A line that begins so much earlier, straight on from its first segment: away from the tile, as it enters it there. */
function withRunUp(line: GridLine, phase: number): GridLine {
  const [first, second] = line
  if (first === undefined || second === undefined || phase < 1 || phase > PERIOD - 1) return line
  const length = phase < SHORTEST ? phase + PERIOD : phase
  const step = length / distance(first, second)
  return [{ x: Math.round(first.x - (second.x - first.x) * step), y: Math.round(first.y - (second.y - first.y) * step) }, ...line]
}
