import { readFileSync } from 'node:fs'
import { PbfReader } from 'pbf'

/** A glyph as MapLibre reads it. */
export interface ReadGlyph {
  id: number
  /** Null when the file has none. */
  bitmap: Uint8Array | null
  width: number
  height: number
  left: number
  top: number
  advance: number
}

/** A glyph file as MapLibre reads it. */
export interface ReadGlyphFile {
  stack: string
  range: string
  glyphs: ReadGlyph[]
}

/** Reads a glyph file from disk. */
export function readGlyphFile(file: string): ReadGlyphFile {
  const result: ReadGlyphFile = { stack: '', range: '', glyphs: [] }
  return new PbfReader(readFileSync(file)).readFields((tag, _, outer) => {
    if (tag === 1) outer.readMessage(readStack, result)
  }, result)
}

function readStack(tag: number, result: ReadGlyphFile, pbf: PbfReader): void {
  if (tag === 1) result.stack = pbf.readString()
  else if (tag === 2) result.range = pbf.readString()
  else if (tag === 3) {
    const empty: ReadGlyph = { id: 0, bitmap: null, width: 0, height: 0, left: 0, top: 0, advance: 0 }
    result.glyphs.push(pbf.readMessage(readGlyph, empty))
  }
}

function readGlyph(tag: number, glyph: ReadGlyph, pbf: PbfReader): void {
  if (tag === 1) glyph.id = pbf.readVarint()
  else if (tag === 2) glyph.bitmap = pbf.readBytes()
  else if (tag === 3) glyph.width = pbf.readVarint()
  else if (tag === 4) glyph.height = pbf.readVarint()
  else if (tag === 5) glyph.left = pbf.readSVarint()
  else if (tag === 6) glyph.top = pbf.readSVarint()
  else if (tag === 7) glyph.advance = pbf.readVarint()
}
