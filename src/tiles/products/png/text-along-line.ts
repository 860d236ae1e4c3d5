import type { GridLine } from '#geo/overlay/grid.ts'
import { GLYPH_EM } from './glyph-fonts.ts'
import type { ShapedText } from './shape-text.ts'

/** A place on a line. */
export interface LinePlace {
  x: number
  y: number
  /** Direction of the line there, in radians clockwise from east. */
  angle: number
}

/** A bend between two glyphs that is sharper, in radians, hides a text; the default of the specification, 45 degrees. */
const SHARPEST = Math.PI / 4

export function lengthOf(line: GridLine): number {
  let length = 0
  for (let i = 1; i < line.length; i++) length += Math.hypot(line[i]!.x - line[i - 1]!.x, line[i]!.y - line[i - 1]!.y)
  return length
}

/** The place at a distance from the beginning of a line; null beyond its ends. */
export function placeAlong(line: GridLine, distance: number): LinePlace | null {
  if (distance < 0) return null
  let rest = distance
  for (let i = 1; i < line.length; i++) {
    const [from, to] = [line[i - 1]!, line[i]!]
    const length = Math.hypot(to.x - from.x, to.y - from.y)
    if (rest <= length && length > 0) {
      const share = rest / length
      const angle = Math.atan2(to.y - from.y, to.x - from.x)
      return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share, angle }
    }
    rest -= length
  }
  return null
}

/** Ems within which MapLibre adds up the bends. */
const BEND_WINDOW = 0.6

/**
 * Whether MapLibre writes a text at the middle of a line, upright or along it: the line is as long as the text, and nowhere on that length
 * do its bends within 0.6 em add up to more than 45 degrees.
 *
 * @param scale pixels per unit of the line.
 */
export function fitsLine({ left, right, size }: ShapedText, line: GridLine, scale: number): boolean {
  const length = (right - left) / scale
  const total = lengthOf(line)
  if (length > total) return false
  const window = (BEND_WINDOW * size) / scale
  const recent: { at: number; bend: number }[] = []
  let sum = 0
  let at = 0
  for (let i = 1; i + 1 < line.length; i++) {
    const [before, here, after] = [line[i - 1]!, line[i]!, line[i + 1]!]
    at += Math.hypot(here.x - before.x, here.y - before.y)
    if (at <= (total - length) / 2) continue
    if (at >= (total + length) / 2) break
    const angle = bend(Math.atan2(here.y - before.y, here.x - before.x), Math.atan2(after.y - here.y, after.x - here.x))
    recent.push({ at, bend: angle })
    sum += angle
    while (at - recent[0]!.at > window) sum -= recent.shift()!.bend
    if (sum > SHARPEST) return false
  }
  return true
}

/**
 * Bends a text along a line around its middle, from west to east, as MapLibre does with `line-center`.
 *
 * @param scale pixels per unit of the line.
 * @returns null where the line is too short or too sharply bent for the text.
 */
export function textAlongLine(shape: ShapedText, line: GridLine, scale: number): ShapedText | null {
  const middle = placeAlong(line, lengthOf(line) / 2)
  const [first, last] = [shape.left, shape.right].map((along) => placeAlong(line, lengthOf(line) / 2 + along / scale))
  if (middle === null || !first || !last) return null
  const path = first.x <= last.x ? line : line.toReversed()
  const half = lengthOf(path) / 2
  const glyphs: ShapedText['glyphs'] = []
  let before: number | null = null
  for (const { glyph, x, y } of shape.glyphs) {
    // The middle of the glyph lies on the line, and the glyph turns around it.
    const middleOfGlyph = (glyph.advance * shape.size) / GLYPH_EM / 2
    const place = placeAlong(path, half + (x + middleOfGlyph) / scale)
    if (place === null || (before !== null && bend(before, place.angle) > SHARPEST)) return null
    before = place.angle
    const [cos, sin] = [Math.cos(place.angle), Math.sin(place.angle)]
    const [right, down] = [(place.x - middle.x) * scale, (place.y - middle.y) * scale]
    glyphs.push({ glyph, x: right - middleOfGlyph * cos - y * sin, y: down - middleOfGlyph * sin + y * cos, angle: place.angle })
  }
  return { ...shape, glyphs, ...boxOf(glyphs, shape.size) }
}

const bend = (a: number, b: number) => Math.abs(Math.atan2(Math.sin(b - a), Math.cos(b - a)))

/** A box around glyphs, whose positions are their origins: an em on every side is more than any glyph takes. */
function boxOf(glyphs: ShapedText['glyphs'], em: number) {
  const [xs, ys] = [glyphs.map(({ x }) => x), glyphs.map(({ y }) => y)]
  return {
    left: Math.min(...xs) - em / 2,
    right: Math.max(...xs) + em,
    top: Math.min(...ys) - em / 2,
    bottom: Math.max(...ys) + em,
  }
}
