import type { Drawing } from './drawing.ts'
import { PIXELS_PER_MM, type Picture } from './picture.ts'

/** A row of `assets/portrayal/linestyles.csv`, as it is written there. Millimetres; y points to the right of the line's direction. */
export interface LineStyleRow {
  name: string
  colours: string
  period_mm: string
  width_mm: string
  /** `2.0-8.0 18.2-24.2`: from and to along the period; may pass its end. */
  dashes_mm: string
  /** `EMAREMG1@5.0`: the pivot of an element, along the period. */
  elements_mm: string
  strokes_width_mm: string
  /** `1.7,-0.4-1.7,0.4; ...`: strokes from point to point, and the word `filled`. */
  other_strokes: string
}

/** A dash that leaves no more than this of the period is a solid line, in millimetres: the rest is the roundness of a pen. */
const PEN_GAP = 1

type Span = readonly [left: number, right: number]

/** Pixels that the length of every image divides: tiles continue each other's lines by it (docs/tiles.md). */
const COMMON_LENGTH = 360

/**
 * Draws one period of a complex line, its line in the middle of the height and what lies to its right above. What passes the end comes in
 * again at the start. Dashes and elements are spread over the length of the image; elements keep their shape.
 */
export function linePicture(row: LineStyleRow, elementOf: (name: string) => Drawing): Picture {
  const charted = Number(row.period_mm)
  const pixels = imageLength(charted)
  const period = pixels / PIXELS_PER_MM
  const spread = period / charted
  const width = Number(row.width_mm)
  const token = row.colours.split(' ')[0] ?? ''
  let reach = width / 2
  const parts: string[] = []
  const add = (body: string, [left, right]: Span) => {
    for (let shift = -Math.floor(right / period) * period; left + shift < period; shift += period)
      if (right + shift > 0) parts.push(`<g transform="translate(${Number(shift.toFixed(3))} 0)">${body}</g>`)
  }
  for (const dash of words(row.dashes_mm)) {
    const [start = 0, end = 0] = dash.split(/(?<=\d)-/).map(Number)
    const [from, to] = end - start > charted - PEN_GAP ? [0, period] : [rounded(start * spread), rounded(end * spread)]
    add(`<path class="s${token}" stroke-width="${width}" stroke-linecap="butt" d="M${from},0 H${to}"/>`, [from, to])
  }
  const strokes = strokesOf(row.other_strokes, spread)
  const strokeWidth = Number(row.strokes_width_mm)
  if (strokes.path !== '') {
    reach = Math.max(reach, strokes.reach + strokeWidth / 2)
    const colours = strokes.filled ? `s${token} f${token}` : `s${token}`
    add(`<path class="${colours}" stroke-width="${strokeWidth}" d="${strokes.path}"/>`, strokes.span)
  }
  for (const use of words(row.elements_mm)) {
    const [name = '', at = '0'] = use.split('@')
    const { box, pivot, body } = elementOf(name)
    const left = Number(at) * spread - pivot[0]
    reach = Math.max(reach, pivot[1] - box[1], box[1] + box[3] - pivot[1])
    add(`<g transform="translate(${Number(left.toFixed(3))} ${-pivot[1]})">${body}</g>`, [left + box[0], left + box[0] + box[2]])
  }
  // A clear row on each side: MapLibre repeats the edge in its texture, where it would shine into the symbol beside it.
  const half = Math.ceil(reach * PIXELS_PER_MM - 0.01) + 1
  const halfHeight = half / PIXELS_PER_MM
  return {
    name: `line/${row.name}`,
    width: pixels,
    height: 2 * half,
    box: [0, -halfHeight, period, 2 * halfHeight],
    // MapLibre lays the top of the image to the right of the line's direction.
    body: `<g transform="scale(1 -1)">${parts.join('')}</g>`,
  }
}

/** The divisor of the common length that is nearest to a period, by ratio. @param period millimetres. */
function imageLength(period: number): number {
  const wanted = period * PIXELS_PER_MM
  const lengths = Array.from({ length: COMMON_LENGTH }, (_, i) => i + 1).filter((length) => COMMON_LENGTH % length === 0)
  const distance = (length: number) => Math.abs(Math.log(length / wanted))
  return lengths.reduce((nearest, length) => (distance(length) < distance(nearest) ? length : nearest))
}

const rounded = (millimetres: number) => Number(millimetres.toFixed(3))

const words = (text: string) => text.split(' ').filter(Boolean)

/** Joins strokes that follow on each other into one path, spread along the line. */
function strokesOf(text: string, spread: number): { path: string; filled: boolean; reach: number; span: Span } {
  const numbers = [...text.matchAll(/(-?[\d.]+),(-?[\d.]+)-(-?[\d.]+),(-?[\d.]+)/g)].map((match) =>
    match.slice(1).map((number, i) => (i % 2 === 0 ? rounded(Number(number) * spread) : Number(number))),
  )
  let path = ''
  let end = ''
  for (const [x1, y1, x2, y2] of numbers) {
    path += `${`${x1},${y1}` === end ? '' : `M${x1},${y1}`} L${x2},${y2}`
    end = `${x2},${y2}`
  }
  const filled = text.includes('filled')
  const xs = numbers.flatMap(([x1 = 0, , x2 = 0]) => [x1, x2])
  const ys = numbers.flatMap(([, y1 = 0, , y2 = 0]) => [Math.abs(y1), Math.abs(y2)])
  return {
    path: filled ? `${path} Z` : path,
    filled,
    reach: Math.max(0, ...ys),
    span: [Math.min(...xs) - 0.2, Math.max(...xs) + 0.2],
  }
}
