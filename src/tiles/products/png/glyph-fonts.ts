import { readFileSync } from 'node:fs'
import path from 'node:path'
import { PbfReader } from 'pbf'

/** A glyph of the glyph files (scripts/glyphs/glyph-file.ts): a distance field, 3 pixels larger on every side than `width` and `height`. */
export interface Glyph {
  id: number
  bitmap: Uint8Array | null
  width: number
  height: number
  left: number
  top: number
  advance: number
}

/** Pixels on every side of a glyph in its distance field. */
export const GLYPH_BORDER = 3
/** Pixels per em of the glyph files. */
export const GLYPH_EM = 24

const FOLDER = path.resolve(import.meta.dirname, '..', '..', '..', '..', 'assets', 'glyphs')
const FONTS = ['Noto Sans Regular', 'Noto Sans Italic', 'Noto Sans Bold']

/** Ranges by `font/range`; they never change while the server runs. */
const ranges = new Map<string, Map<number, Glyph>>()

/** The glyph of a character, or null where the font lacks it. @param font of the style; an unknown one counts as Noto Sans Regular. */
export function glyphOf(font: string, codePoint: number): Glyph | null {
  if (codePoint > 0xffff) return null
  const name = FONTS.includes(font) ? font : 'Noto Sans Regular'
  const start = codePoint - (codePoint % 256)
  const key = `${name}/${start}-${start + 255}`
  let range = ranges.get(key)
  if (range === undefined) {
    range = readRange(path.join(FOLDER, `${key}.pbf`))
    ranges.set(key, range)
  }
  return range.get(codePoint) ?? null
}

function readRange(file: string): Map<number, Glyph> {
  const glyphs = new Map<number, Glyph>()
  let bytes: Uint8Array
  try {
    bytes = readFileSync(file)
  } catch {
    return glyphs
  }
  new PbfReader(bytes).readFields((tag, _, pbf) => {
    if (tag !== 1) return
    pbf.readMessage((inner, __, message) => {
      if (inner !== 3) return
      const glyph = message.readMessage(readGlyph, { id: 0, bitmap: null, width: 0, height: 0, left: 0, top: 0, advance: 0 })
      glyphs.set(glyph.id, glyph)
    }, null)
  }, null)
  return glyphs
}

function readGlyph(tag: number, glyph: Glyph, pbf: PbfReader): void {
  if (tag === 1) glyph.id = pbf.readVarint()
  else if (tag === 2) glyph.bitmap = pbf.readBytes()
  else if (tag === 3) glyph.width = pbf.readVarint()
  else if (tag === 4) glyph.height = pbf.readVarint()
  else if (tag === 5) glyph.left = pbf.readSVarint()
  else if (tag === 6) glyph.top = pbf.readSVarint()
  else if (tag === 7) glyph.advance = pbf.readVarint()
}
