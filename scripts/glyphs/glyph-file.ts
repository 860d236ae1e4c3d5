import { PbfWriter } from 'pbf'

/** A glyph of MapLibre's glyph files. */
export interface Glyph {
  /** Code point. */
  id: number
  /** The distance field, 3 pixels larger on every side than `width` and `height`; null for a glyph without ink. */
  bitmap: Uint8Array | null
  width: number
  height: number
  left: number
  /** From the top of the em box to the top of the glyph, upwards. */
  top: number
  advance: number
}

/** Writes the glyphs of a range as a `glyphs` message (node-fontnik's glyphs.proto), which MapLibre reads. @param range such as `0-255`. */
export function glyphFile(stack: string, range: string, glyphs: readonly Glyph[]): Uint8Array {
  const writer = new PbfWriter()
  writer.writeMessage(
    1,
    (_, message: PbfWriter) => {
      message.writeStringField(1, stack)
      message.writeStringField(2, range)
      for (const glyph of glyphs) message.writeMessage(3, writeGlyph, glyph)
    },
    null,
  )
  return writer.finish()
}

function writeGlyph(glyph: Glyph, writer: PbfWriter): void {
  writer.writeVarintField(1, glyph.id)
  if (glyph.bitmap !== null) writer.writeBytesField(2, glyph.bitmap)
  writer.writeVarintField(3, glyph.width)
  writer.writeVarintField(4, glyph.height)
  writer.writeSVarintField(5, glyph.left)
  writer.writeSVarintField(6, glyph.top)
  writer.writeVarintField(7, glyph.advance)
}
