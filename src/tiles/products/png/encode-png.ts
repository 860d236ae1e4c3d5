import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
const MOST_COLOURS = 256
const LEVEL = 9

/** A picture without transparency; rows of red, green, blue, alpha. */
export interface Pixels {
  data: Uint8Array | Uint8ClampedArray
  /** Of `data`, in pixels. */
  stride: number
  left: number
  top: number
  size: number
}

/** A colour in at least this many pixels is never rounded: areas keep their exact colour. */
const COMMON = 64
/** What colours of smoothed edges are rounded to where there are more than 256, the first that is enough. */
const STEPS = [8, 16, 32]

/**
 * Writes a square of opaque pixels as PNG (ISO/IEC 15948). Up to 256 colours become a palette, which loses nothing. Of more, those of few
 * pixels (smoothed edges) are rounded by at most 16 of 255 in each channel; what has more even then is written as it is.
 */
export function encodePng(pixels: Pixels): Buffer {
  const counts = countColours(pixels)
  if (counts.size <= MOST_COLOURS) return indexed(pixels, new Map([...counts.keys()].map((word) => [word, word])))
  for (const step of STEPS) {
    const rounded = new Map([...counts].map(([word, count]) => [word, count >= COMMON ? word : roundColour(word, step)]))
    if (new Set(rounded.values()).size <= MOST_COLOURS) return indexed(pixels, rounded)
  }
  return trueColour(pixels)
}

const wordsOf = ({ data }: Pixels) => new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4)

function countColours(pixels: Pixels): Map<number, number> {
  const { stride, left, top, size } = pixels
  const words = wordsOf(pixels)
  const counts = new Map<number, number>()
  for (let y = top; y < top + size; y++) {
    for (let x = left; x < left + size; ) {
      const word = words[y * stride + x]!
      const begin = x
      while (x < left + size && words[y * stride + x] === word) x++
      counts.set(word, (counts.get(word) ?? 0) + x - begin)
    }
  }
  return counts
}

function roundColour(word: number, step: number): number {
  const channel = (shift: number) => Math.min(255, Math.round(((word >>> shift) & 255) / step) * step) << shift
  return (channel(0) | channel(8) | channel(16) | 0xff000000) >>> 0
}

/** @param colours what each colour of the picture becomes, 256 at most. */
function indexed(pixels: Pixels, colours: ReadonlyMap<number, number>): Buffer {
  const { stride, left, top, size } = pixels
  const words = wordsOf(pixels)
  const palette = [...new Set(colours.values())]
  const places = new Map(palette.map((word, index) => [word, index]))
  const indices = new Map([...colours].map(([from, to]) => [from, places.get(to) ?? 0]))
  const rows = Buffer.alloc(size * size)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; ) {
      const word = words[(top + y) * stride + left + x]!
      const begin = x
      while (x < size && words[(top + y) * stride + left + x] === word) x++
      rows.fill(indices.get(word) ?? 0, y * size + begin, y * size + x)
    }
  }
  const bits = [1, 2, 4, 8].find((depth) => palette.length <= 2 ** depth) ?? 8
  const channels = palette.flatMap((word) => [word & 255, (word >> 8) & 255, (word >> 16) & 255])
  return file(size, bits, 3, packed(rows, size, bits), Buffer.from(channels))
}

/** Rows without filter, several pixels in a byte for small palettes. */
function packed(indices: Buffer, size: number, bits: number): Buffer {
  const each = 8 / bits
  const rowBytes = Math.ceil(size / each)
  const out = Buffer.alloc(size * (rowBytes + 1))
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const at = y * (rowBytes + 1) + 1 + Math.floor(x / each)
      out[at] = out[at]! | (indices[y * size + x]! << (8 - bits * ((x % each) + 1)))
    }
  }
  return out
}

function trueColour({ data, stride, left, top, size }: Pixels): Buffer {
  const rowBytes = 3 * size
  const out = Buffer.alloc(size * (rowBytes + 1))
  for (let y = 0; y < size; y++) {
    let to = y * (rowBytes + 1) + 1
    let from = 4 * ((top + y) * stride + left)
    for (let x = 0; x < size; x++, from += 4) {
      out[to++] = data[from]!
      out[to++] = data[from + 1]!
      out[to++] = data[from + 2]!
    }
  }
  return file(size, 8, 2, out, null)
}

function file(size: number, bits: number, colourType: number, rows: Buffer, palette: Buffer | null): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([bits, colourType, 0, 0, 0], 8)
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    ...(palette === null ? [] : [chunk('PLTE', palette)]),
    chunk('IDAT', deflateSync(rows, { level: LEVEL })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.byteLength)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, checksum])
}
