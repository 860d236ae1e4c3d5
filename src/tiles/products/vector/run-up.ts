import { drawnClassName, objectClassName } from '#compiled/format/catalogue-lookup.ts'
import { type CompiledCell, PRIMITIVE } from '#compiled/format/compiled-cell.ts'
import { attributeText, listOf } from '#compiled/read/attribute-values.ts'
import type { GridBox, GridLine, GridPoint } from '#geo/overlay/grid.ts'
import { EXTENT } from '#geo/tile-grid.ts'
import { type CellView, lineAlong } from '#tiles/draw/cell-geometry.ts'
import type { TileShare } from '#tiles/draw/divide-tile.ts'

/** Pixels of a tile of 512 that the length of every complex line's image divides (docs/tiles.md). */
export const LINE_PERIOD = 360
const UNITS_PER_PIXEL = EXTENT / 512
/** A shorter run-up would bend where its end is rounded to the grid. */
const SHORTEST = 64
/** MapLibre starts counting the length of a line again at a vertex this far along it, in units. */
const LONGEST = 2 * EXTENT
/** What a longer piece is divided into. */
const PIECE = 2 * LINE_PERIOD * UNITS_PER_PIXEL

const periods = (table: Readonly<Record<number, string>>): ReadonlyMap<string, number> =>
  new Map(Object.entries(table).flatMap(([period, names]) => names.split(' ').map((name) => [name, Number(period)] as const)))

/** Areas whose boundaries S-52 draws as complex lines, by the pixels that the lengths of their images divide. */
export const COMPLEX_BOUNDARIES: ReadonlyMap<string, number> = periods({
  18: 'ADMARE ISTZNE',
  30:
    'ARCSLN CTSARE DMPGRD FAIRWY FERYRT FSHFAC HRBARE ICNARE LOCMAG MARCUL MIPARE OBSTRN OSPARE PILBOP RECTRC SNDWAV SPLARE ' +
    'SUBTLN SWPARE TWRTPT WRECKS',
  90: 'M_NSYS',
  120: 'ACHARE CBLARE CTNARE DWRTPT PIPARE PRCARE RESARE TS_FEB TS_PAD TS_PNH TS_PRH TS_TIS T_HMON T_NHMN T_TIMS',
  360: 'NEWOBJ',
})

/** Lines that S-52 draws as complex lines, in the same way. */
export const COMPLEX_LINES: ReadonlyMap<string, number> = periods({
  9: 'FSHFAC',
  36: 'PIPSOL',
  45: 'CURENT',
  72: 'FERYRT RECTRC',
  90: 'DWRTCL RCRTCL',
  120: 'CBLSUB',
  360: 'NEWOBJ',
})

/** Classes some of whose objects have images of another length: the shorter the period, the sooner a line that begins in a tile is in step. */
const OTHER_IMAGES: Readonly<Record<string, { pixels: number; of(value: AttributeOf): boolean }>> = {
  'RESARE A': { pixels: 18, of: (value) => holdsAny(value('CATREA'), [27, 28]) },
  'RECTRC L': { pixels: 60, of: (value) => value('CATTRK') === '1' && ['1', '2', '3', '4'].includes(value('TRAFIC') ?? '') },
  'DWRTCL L': { pixels: 120, of: (value) => value('TRAFIC') === '4' },
  'PIPSOL L': { pixels: 30, of: (value) => holdsAny(value('PRODCT'), [3]) || holdsAny(value('CATPIP'), [2, 3, 4, 5]) },
}

const holdsAny = (list: string | null, codes: readonly number[]) => listOf(list ?? '').some((code) => codes.includes(code))

type AttributeOf = (acronym: string) => string | null

/**
 * The pixels that the length of an object's image divides; null when its lines are not complex.
 *
 * @param value of an attribute, as the chart writes it.
 */
export function periodOf(className: string, primitive: 'A' | 'L', value: AttributeOf): number | null {
  const pixels = (primitive === 'A' ? COMPLEX_BOUNDARIES : COMPLEX_LINES).get(className)
  if (pixels === undefined) return null
  const other = OTHER_IMAGES[`${className} ${primitive}`]
  return other?.of(value) === true ? other.pixels : pixels
}

/** How the complex lines of a feature repeat. */
export interface Repetition {
  /** In units. */
  period: number
  /** Whether text may stand at the middles of its lines. */
  hasMiddles: boolean
}

/** How the lines of a feature repeat; null when they are not complex. */
export function repetitionOf(cell: CompiledCell, feature: number): Repetition | null {
  const name = drawnClassName(objectClassName(cell.objectClass[feature]!))
  const isArea = cell.primitive[feature] === PRIMITIVE.area
  const pixels = periodOf(name, isArea ? 'A' : 'L', (acronym) => attributeText(cell, feature, acronym))
  return pixels === null ? null : { period: pixels * UNITS_PER_PIXEL, hasMiddles: !isArea }
}

/**
 * A part as lines of a share. A renderer repeats the image of a complex line from the beginning of each piece, so a piece that enters the
 * tile begins so far outside that its beginning is a whole number of periods from that of the part: tiles then continue each other's
 * symbols. A piece that begins within the tile, where a finer cell ends, begins there, and again at the next whole period.
 */
export function linesWithRunUp(share: TileShare, view: CellView, part: number, repetition: Repetition): GridLine[] {
  const { box } = view.frame
  const { period, hasMiddles } = repetition
  const line = lineAlong(view, part)
  if (line === null) return []
  const pieces = share.clipLines([line])
  if (pieces.every((piece) => piece[0] === line[0])) return pieces.flatMap(inPieces)
  // Copies, because the last point of a ring is its first.
  const whole = (lineAlong(view, part, { whole: true }) ?? []).map(({ x, y }) => ({ x, y }))
  const along = distancesAlong(whole)
  return share.clipLines([whole]).flatMap((piece) => {
    const phase = (piece[0] === whole[0] ? 0 : (startOf(piece, whole, along) ?? 0)) % period
    if (phase < 1 || phase > period - 1) return inPieces(piece)
    if (!isOnBox(piece[0]!, box)) return beginningAgain(piece, period - phase)
    const length = phase < SHORTEST ? phase + Math.ceil(SHORTEST / period) * period : phase
    const pieces = inPieces([before(piece[0]!, piece[1]!, length), ...piece])
    if (!hasMiddles || pieces.length > 1 || !isOnBox(piece.at(-1)!, box)) return pieces
    // As much at its end, so that text in the middle of the piece stays there.
    return [[...pieces[0]!, before(piece.at(-1)!, piece.at(-2)!, length)]]
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

/** The point so far before a segment, straight on: away from the tile, where the segment enters it. */
function before(first: GridPoint, second: GridPoint, length: number): GridPoint {
  const step = length / distance(first, second)
  return { x: Math.round(first.x - (second.x - first.x) * step), y: Math.round(first.y - (second.y - first.y) * step) }
}

/** A line in two: up to where its first whole period begins, and from there. */
function beginningAgain(line: GridLine, first: number): GridLine[] {
  const [start, rest] = dividedAt(line, first)
  return rest === null ? [start] : [start, ...inPieces(rest)]
}

/** A line in pieces that renderers draw as one: each but the last is whole periods long. */
function inPieces(line: GridLine): GridLine[] {
  const pieces: GridLine[] = []
  let rest = line
  while (lengthOf(rest) > LONGEST) {
    const [piece, more] = dividedAt(rest, PIECE)
    pieces.push(piece)
    rest = more ?? []
  }
  return [...pieces, rest]
}

const lengthOf = (line: GridLine) => line.reduce((sum, point, i) => (i === 0 ? 0 : sum + distance(line[i - 1]!, point)), 0)

/** A line before and after a point along it; the whole line and null where it is shorter. */
function dividedAt(line: GridLine, length: number): readonly [GridLine, GridLine | null] {
  let passed = 0
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!]
    const step = distance(a, b)
    if (passed + step > length) {
      const share = (length - passed) / step
      const at = { x: Math.round(a.x + (b.x - a.x) * share), y: Math.round(a.y + (b.y - a.y) * share) }
      return [
        [...line.slice(0, i), at],
        [at, ...line.slice(i)],
      ]
    }
    passed += step
  }
  return [line, null]
}
