import TinySDF from '@mapbox/tiny-sdf'
import { type Canvas, createCanvas, GlobalFonts } from '@napi-rs/canvas'
import { type FontStack, filesOf } from './font-stacks.ts'
import type { Glyph } from './glyph-file.ts'
import { readCodePoints } from './read-code-points.ts'

/** Pixels per em; what MapLibre expects of glyph files. */
const SIZE = 24
/** Pixels between the baseline and the top of the em box as FreeType rounds them for Noto Sans: MapLibre measures `top` from there. */
const ASCENDER = 26
/** The digits zero to nine below the line, U+2080 to U+2089, which the fonts lack: tenths of a sounding. */
const SUBSCRIPT_ZERO = 0x2080
const SUBSCRIPT_SCALE = 0.78
/** Height of a digit of Noto Sans in ems. */
const DIGIT_HEIGHT = 0.714

/** Draws the glyphs of a font stack. */
export interface GlyphPainter {
  /** Code points in order, with the lowered digits. */
  codePoints: readonly number[]
  draw(codePoint: number): Glyph
}

/** Loads the fonts of a stack. */
export function glyphPainter(stack: FontStack): GlyphPainter {
  const fontOf = new Map<number, string>()
  for (const { subset, file } of filesOf(stack)) {
    const family = `${stack.name} ${subset}`
    if (GlobalFonts.registerFromPath(file, family) === null) throw new Error(`${file} cannot be read as a font`)
    for (const codePoint of readCodePoints(file)) if (!fontOf.has(codePoint)) fontOf.set(codePoint, family)
  }
  const digits = Array.from({ length: 10 }, (_, digit) => SUBSCRIPT_ZERO + digit)
  const painters = new Map<string, TinySDF>()
  const painterOf = (codePoint: number, fontSize: number) => {
    const family = fontOf.get(codePoint)
    if (family === undefined) throw new Error(`${stack.name} has no U+${codePoint.toString(16)}`)
    const key = `${family} ${fontSize}`
    const painter = painters.get(key) ?? new CanvasSdf(family, fontSize, stack)
    painters.set(key, painter)
    return painter
  }
  return {
    codePoints: [...new Set([...fontOf.keys(), ...digits])].filter(isDrawn).toSorted((a, b) => a - b),
    draw(codePoint) {
      const digit = codePoint - SUBSCRIPT_ZERO
      if (digit < 0 || digit > 9) return glyphOf(codePoint, painterOf(codePoint, SIZE), codePoint, 0)
      const plain = 0x30 + digit
      return glyphOf(codePoint, painterOf(plain, SIZE * SUBSCRIPT_SCALE), plain, Math.round((SIZE * DIGIT_HEIGHT) / 3))
    },
  }
}

/** Leaves out controls, and everything above the basic plane, which MapLibre does not ask for. */
function isDrawn(codePoint: number): boolean {
  return codePoint >= 0x20 && !(codePoint >= 0x7f && codePoint < 0xa0) && codePoint <= 0xffff
}

function glyphOf(id: number, painter: TinySDF, drawn: number, lowered: number): Glyph {
  const { data, glyphWidth, glyphHeight, glyphTop, glyphLeft, glyphAdvance } = painter.draw(String.fromCodePoint(drawn))
  const isEmpty = glyphWidth === 0 || glyphHeight === 0
  return {
    id,
    bitmap: isEmpty ? null : new Uint8Array(data),
    width: isEmpty ? 0 : glyphWidth,
    height: isEmpty ? 0 : glyphHeight,
    left: isEmpty ? 0 : glyphLeft,
    top: isEmpty ? -ASCENDER : glyphTop - ASCENDER - lowered,
    advance: Math.round(glyphAdvance),
  }
}

/** The signed distance fields of MapLibre's glyphs, drawn without a browser. */
class CanvasSdf extends TinySDF {
  constructor(family: string, fontSize: number, { weight, style }: FontStack) {
    super({ fontFamily: `"${family}"`, fontWeight: weight, fontStyle: style, fontSize, buffer: 3, radius: 8, cutoff: 0.25 })
  }

  /** Called by the base class, whose types do not mention it. */
  _createCanvas(size: number): Canvas {
    return createCanvas(size, size)
  }
}
