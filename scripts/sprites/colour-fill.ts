import { fillOf } from './mark-colours.ts'

/** The part of a mark that its colours fill, in millimetres, the position at 0 0 and y downwards. */
export interface Shape {
  /** Path data of a closed outline. */
  path: string
  left: number
  top: number
  right: number
  bottom: number
  /** The point towards which a border makes the inside smaller; the middle of the extent unless given. */
  centre?: readonly [x: number, y: number]
  /** True for a square on its corner: its squares are the left, upper, lower and right corner. */
  onCorner?: boolean
}

/** How much smaller the inside of a bordered shape is. */
const INSIDE = 0.68

/**
 * Fills a shape by COLOUR and COLPAT (S-57 attributes 75 and 76), as SVG elements. A border takes the first colour; what is left of both
 * lists fills the inside. Stripes of unknown direction are drawn upright, colours without a pattern as bands from the top.
 *
 * @param id of the clip path, unique within the picture.
 */
export function colourFill(id: string, shape: Shape, colours: readonly string[], patterns: readonly string[]): string {
  const [first = '', ...others] = colours
  if (patterns[0] !== '6' || others.length === 0) return inside(id, shape, colours, patterns[0] ?? '')
  const [x, y] = shape.centre ?? [(shape.left + shape.right) / 2, (shape.top + shape.bottom) / 2]
  const smaller = `translate(${x} ${y}) scale(${INSIDE}) translate(${-x} ${-y})`
  const border = `<path class="${fillOf(first)}" d="${shape.path}"/>`
  return `${border}<g transform="${smaller}">${inside(id, shape, others, patterns[1] ?? '')}</g>`
}

function inside(id: string, shape: Shape, colours: readonly string[], pattern: string): string {
  if (colours.join('') === '') return ''
  if (colours.length === 1) return `<path class="${fillOf(colours[0] ?? '')}" d="${shape.path}"/>`
  return `<clipPath id="${id}"><path d="${shape.path}"/></clipPath><g clip-path="url(#${id})">${parts(shape, colours, pattern)}</g>`
}

function parts(shape: Shape, colours: readonly string[], pattern: string): string {
  if (pattern === '2' || pattern === '5') return stripes(shape, colours)
  if (pattern === '3') return diagonals(shape, colours)
  if (pattern === '4') return shape.onCorner === true ? corners(shape, colours) : squares(shape, colours)
  return bands(shape, colours)
}

function bands({ left, top, right, bottom }: Shape, colours: readonly string[]): string {
  const height = (bottom - top) / colours.length
  return colours.map((colour, i) => rectangle(left, top + i * height, right, top + (i + 1) * height, colour)).join('')
}

/** From this width two colours make four stripes, in millimetres: with two, a mark looks like two halves. */
const WIDE = 1.7

function stripes({ left, top, right, bottom }: Shape, colours: readonly string[]): string {
  const all = colours.length === 2 && right - left >= WIDE ? [...colours, ...colours] : colours
  const width = (right - left) / all.length
  return all.map((colour, i) => rectangle(left + i * width, top, left + (i + 1) * width, bottom, colour)).join('')
}

function diagonals({ left, top, right, bottom }: Shape, colours: readonly string[]): string {
  const [width, height] = [right - left, bottom - top]
  const step = (width + height) / (2 * colours.length)
  return Array.from({ length: 2 * colours.length }, (_, i) => {
    const [from, to] = [left + i * step, left + (i + 1) * step]
    return `<path class="${fillOf(colours[i % colours.length] ?? '')}" d="M${from},${top} H${to} L${to - height},${bottom} H${from - height} Z"/>`
  }).join('')
}

/** A board of two by two; four colours are those of the upper left, upper right, lower left and lower right square. */
function squares({ left, top, right, bottom }: Shape, colours: readonly string[]): string {
  const [middle, centre] = [(left + right) / 2, (top + bottom) / 2]
  const [a, b, c, d] = fourOf(colours)
  return [
    rectangle(left, top, middle, centre, a),
    rectangle(middle, top, right, centre, b),
    rectangle(left, centre, middle, bottom, c),
    rectangle(middle, centre, right, bottom, d),
  ].join('')
}

function corners({ left, top, right, bottom }: Shape, colours: readonly string[]): string {
  const [x, y] = [(left + right) / 2, (top + bottom) / 2]
  const [half, quarter] = [(right - left) / 2, (right - left) / 4]
  const centres = [
    [x - quarter, y],
    [x, y - quarter],
    [x, y + quarter],
    [x + quarter, y],
  ]
  const four = fourOf(colours)
  return centres
    .map(([cx = 0, cy = 0], i) => {
      const turn = `l${quarter},${quarter} l${-quarter},${quarter} l${-quarter},${-quarter} Z`
      return `<path class="${fillOf(four[i] ?? '')}" d="M${cx},${cy - half / 2} ${turn}"/>`
    })
    .join('')
}

function fourOf(colours: readonly string[]): [string, string, string, string] {
  const [a = '', b = '', c = b, d = a] = colours
  return [a, b, c, d]
}

function rectangle(left: number, top: number, right: number, bottom: number, colour: string): string {
  return `<path class="${fillOf(colour)}" d="M${left},${top} H${right} V${bottom} H${left} Z"/>`
}
