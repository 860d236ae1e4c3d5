import { GLYPH_EM, type Glyph, glyphOf } from './glyph-fonts.ts'

/** Text laid out around its anchor, in pixels of the style. */
export interface ShapedText {
  /** `angle` in radians clockwise around the position, for text along a line. */
  glyphs: { glyph: Glyph; x: number; y: number; angle?: number }[]
  font: string
  size: number
  left: number
  top: number
  right: number
  bottom: number
}

export interface TextStyle {
  font: string
  size: number
  anchor: string
  /** Ems to the right and down. */
  offset: readonly [number, number]
  /** Ems. */
  maxWidth: number
}

/** Ems; the specification's default, which no style changes. */
const LINE_HEIGHT = 1.2
/** From the middle of a line to where glyph files measure `top` from, in pixels of the file; MapLibre has the same. */
const GLYPH_TOP = -17
/** No label reaches further from its anchor, so that blocks far from each other cannot differ in it. */
export const LABEL_REACH = 248

/** Lays text out as MapLibre does: lines of similar length, centred upon each other. */
export function shapeText(text: string, { font, size, anchor, offset, maxWidth }: TextStyle): ShapedText {
  const scale = size / GLYPH_EM
  const widest = Math.min(maxWidth * size, LABEL_REACH - Math.abs(offset[0]) * size)
  const lines = breakLines(text, (part) => widthOf(font, part) * scale, widest)
  const widths = lines.map((line) => widthOf(font, line) * scale)
  const width = Math.max(0, ...widths)
  const height = lines.length * LINE_HEIGHT * size
  const across = anchor.includes('left') ? 0 : anchor.includes('right') ? 1 : 0.5
  const down = anchor.includes('top') ? 0 : anchor.includes('bottom') ? 1 : 0.5
  const left = offset[0] * size - across * width
  const top = offset[1] * size - down * height
  const glyphs: ShapedText['glyphs'] = []
  for (const [row, line] of lines.entries()) {
    let x = left + (width - (widths[row] ?? 0)) / 2
    const y = top + (row + 0.5) * LINE_HEIGHT * size + GLYPH_TOP * scale
    for (const character of line) {
      const glyph = glyphOf(font, character.codePointAt(0) ?? 0)
      if (glyph === null) continue
      if (glyph.bitmap !== null) glyphs.push({ glyph, x, y })
      x += glyph.advance * scale
    }
  }
  return { glyphs, font, size, left, top, right: left + width, bottom: top + height }
}

function widthOf(font: string, text: string): number {
  let width = 0
  for (const character of text) width += glyphOf(font, character.codePointAt(0) ?? 0)?.advance ?? 0
  return width
}

/** Breaks at line ends, and at spaces where the text is too wide: as many lines as needed, of about the same length. */
function breakLines(text: string, measure: (part: string) => number, widest: number): string[] {
  // MapLibre does not count a line after a line end at the end of a text.
  return text
    .replace(/\n$/, '')
    .split('\n')
    .flatMap((paragraph) => {
      const total = measure(paragraph)
      const target = total / Math.max(1, Math.ceil(total / widest))
      return total <= widest ? [paragraph.trim()] : breakParagraph(paragraph.trim().split(/\s+/), measure, target)
    })
}

function breakParagraph(words: readonly string[], measure: (part: string) => number, target: number): string[] {
  /** For each number of words: the least badness of lines made of them, and where the last line begins. */
  const best: { badness: number; from: number }[] = [{ badness: 0, from: 0 }]
  for (let end = 1; end <= words.length; end++) {
    let found = { badness: Number.POSITIVE_INFINITY, from: end - 1 }
    for (let from = 0; from < end; from++) {
      const short = target - measure(words.slice(from, end).join(' '))
      const own = end === words.length && short > 0 ? short ** 2 / 2 : short ** 2
      const badness = (best[from]?.badness ?? 0) + own
      if (badness < found.badness) found = { badness, from }
    }
    best.push(found)
  }
  const lines: string[] = []
  for (let end = words.length; end > 0; ) {
    const from = best[end]?.from ?? 0
    lines.unshift(words.slice(from, end).join(' '))
    end = from
  }
  return lines
}
