import type { Buffer } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'

// Indices of known tags in WOFF2's table directory (W3C WOFF2, 5.2).
const [CMAP, GLYF, LOCA, ARBITRARY] = [0, 10, 11, 63]

/**
 * Reads which code points a WOFF2 font has a glyph for. The canvas would silently take a missing one from a font of the system.
 *
 * @throws Error when the file is no WOFF2 or has no Unicode character map.
 */
export function readCodePoints(file: string): Set<number> {
  const font = readFileSync(file)
  if (font.toString('latin1', 0, 4) !== 'wOF2') throw new Error(`${file} is not a WOFF2 font`)
  const reader = { at: 48 }
  let offset = 0
  let found: { offset: number; length: number } | null = null
  for (let table = 0; table < font.readUInt16BE(12); table++) {
    const flags = font.readUInt8(reader.at++)
    const tag = flags & 63
    if (tag === ARBITRARY) reader.at += 4
    let length = readBase128(font, reader)
    const version = flags >> 6
    const isTransformed = tag === GLYF || tag === LOCA ? version !== 3 : version !== 0
    if (isTransformed) length = readBase128(font, reader)
    if (tag === CMAP) found = { offset, length }
    offset += length
  }
  if (found === null) throw new Error(`${file} has no character map`)
  const tables = brotliDecompressSync(font.subarray(reader.at, reader.at + font.readUInt32BE(20)))
  return codePointsOf(tables.subarray(found.offset, found.offset + found.length), file)
}

/** Reads a number of WOFF2's variable length: seven bits a byte, the highest bit says that more follow. */
function readBase128(font: Buffer, reader: { at: number }): number {
  let value = 0
  for (let i = 0; i < 5; i++) {
    const byte = font.readUInt8(reader.at++)
    value = value * 128 + (byte & 127)
    if (byte < 128) return value
  }
  throw new Error('a length of the WOFF2 table directory does not end')
}

/** Reads the subtable of platform 0 or 3 with the most characters: format 12, or 4. */
function codePointsOf(cmap: Buffer, file: string): Set<number> {
  const subtables = Array.from({ length: cmap.readUInt16BE(2) }, (_, i) => cmap.readUInt32BE(4 + i * 8 + 4))
  const formats = subtables.map((at) => ({ at, format: cmap.readUInt16BE(at) }))
  const full = formats.find(({ format }) => format === 12)
  if (full !== undefined) return segmented(cmap.subarray(full.at))
  const basic = formats.find(({ format }) => format === 4)
  if (basic === undefined) throw new Error(`${file} has neither of the character map formats 4 and 12`)
  return basicPlane(cmap.subarray(basic.at))
}

function segmented(table: Buffer): Set<number> {
  const found = new Set<number>()
  for (let group = 0; group < table.readUInt32BE(12); group++) {
    const [first, last] = [table.readUInt32BE(16 + group * 12), table.readUInt32BE(20 + group * 12)]
    for (let code = first; code <= last; code++) found.add(code)
  }
  return found
}

function basicPlane(table: Buffer): Set<number> {
  const found = new Set<number>()
  const size = table.readUInt16BE(6)
  for (let at = 0; at < size; at += 2) {
    const last = table.readUInt16BE(14 + at)
    const first = table.readUInt16BE(16 + size + at)
    const delta = table.readUInt16BE(16 + 2 * size + at)
    const place = 16 + 3 * size + at
    const range = table.readUInt16BE(place)
    for (let code = first; code <= last && code !== 0xffff; code++) {
      const glyph = range === 0 ? code : table.readUInt16BE(place + range + 2 * (code - first))
      if (((glyph + delta) & 0xffff) !== 0 && (range === 0 || glyph !== 0)) found.add(code)
    }
  }
  return found
}
