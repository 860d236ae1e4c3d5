import { type Glyph, glyphFile } from './glyph-file.ts'
import type { GlyphPainter } from './glyph-painter.ts'

/** Yields the files of a stack, 256 code points each, such as `8192-8447`. Ranges without a glyph are left out. */
export function* glyphRanges(stack: string, painter: GlyphPainter): Generator<{ range: string; file: Uint8Array }> {
  const byRange = Map.groupBy(painter.codePoints, (codePoint) => codePoint >> 8)
  for (const [high, codePoints] of byRange) {
    const range = `${high * 256}-${high * 256 + 255}`
    const glyphs: Glyph[] = codePoints.map((codePoint) => painter.draw(codePoint))
    yield { range, file: glyphFile(stack, range, glyphs) }
  }
}
