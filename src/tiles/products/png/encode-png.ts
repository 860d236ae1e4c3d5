import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
const MOST_COLOURS = 256
const LEVEL = 6

/** A picture without transparency; rows of red, green, blue, alpha. */
export interface Pixels {
  data: Uint8Array | Uint8ClampedArray
  /** Of `data`, in pixels. */
  stride: number
  left: number
  top: number
  width: number
  height: number
}

type Size = Pick<Pixels, 'width' | 'height'>

/** A colour in at least this many pixels is never rounded: areas keep their exact colour. */
const COMMON = 64
/** What colours of smoothed edges are rounded to where there are more than 256, the first that is enough. */
const STEPS = [4, 8, 12, 16, 20, 24, 28, 32]

/**
 * Writes a rectangle of opaque pixels as PNG (ISO/IEC 15948). Up to 256 colours become a palette, which loses nothing. With more, the
 * colours of few pixels (smoothed edges) are rounded by at most 16 of 255 in each channel; a picture that still has more is written as it
 * is.
 */
export function encodePng(pixels: Pixels): Buffer {
  const colours = numberColours(pixels)
  for (const step of [1, ...STEPS]) {
    const { palette, places } = paletteOf(colours, step)
    if (palette.length <= MOST_COLOURS) return indexed(pixels, colours.numbers, places, palette)
  }
  return trueColour(pixels)
}

/** The colours of a picture, numbered in the order in which they come. */
interface Colours {
  words: number[]
  /** Pixels of each colour. */
  counts: number[]
  /** The number of the colour of each pixel. */
  numbers: Uint32Array
}

function numberColours({ data, stride, left, top, width, height }: Pixels): Colours {
  const source = new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4)
  const known = new Map<number, number>()
  const words: number[] = []
  const counts: number[] = []
  const numbers = new Uint32Array(width * height)
  let before = -1
  let number = -1
  for (let y = 0; y < height; y++) {
    const row = (top + y) * stride + left
    for (let x = 0; x < width; x++) {
      const word = source[row + x]!
      if (word !== before) {
        before = word
        number = known.get(word) ?? words.length
        if (number === words.length) {
          known.set(word, number)
          words.push(word)
          counts.push(0)
        }
      }
      counts[number]!++
      numbers[y * width + x] = number
    }
  }
  return { words, counts, numbers }
}

/** Rounds colours of few pixels to multiples of a step. @returns the different ones, and the place of each colour among them. */
function paletteOf({ words, counts }: Colours, step: number): { palette: number[]; places: Uint32Array } {
  const known = new Map<number, number>()
  const palette: number[] = []
  const places = new Uint32Array(words.length)
  for (const [number, word] of words.entries()) {
    const rounded = step === 1 || counts[number]! >= COMMON ? word : roundColour(word, step)
    let place = known.get(rounded)
    if (place === undefined) {
      place = palette.length
      known.set(rounded, place)
      palette.push(rounded)
    }
    places[number] = place
  }
  return { palette, places }
}

function roundColour(word: number, step: number): number {
  const channel = (shift: number) => Math.min(255, Math.round(((word >>> shift) & 255) / step) * step) << shift
  return (channel(0) | channel(8) | channel(16) | 0xff000000) >>> 0
}

function indexed(size: Size, numbers: Uint32Array, places: Uint32Array, palette: readonly number[]): Buffer {
  const rows = Buffer.allocUnsafe(size.width * size.height)
  for (let i = 0; i < rows.length; i++) rows[i] = places[numbers[i]!]!
  const bits = [1, 2, 4, 8].find((depth) => palette.length <= 2 ** depth) ?? 8
  const channels = palette.flatMap((word) => [word & 255, (word >> 8) & 255, (word >> 16) & 255])
  return file(size, bits, 3, packed(rows, size, bits), Buffer.from(channels))
}

/** Rows without filter, several pixels in a byte for small palettes. */
function packed(indices: Buffer, { width, height }: Size, bits: number): Buffer {
  const each = 8 / bits
  const rowBytes = Math.ceil(width / each)
  const out = Buffer.alloc(height * (rowBytes + 1))
  if (bits === 8) {
    for (let y = 0; y < height; y++) out.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
    return out
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * (rowBytes + 1) + 1 + Math.floor(x / each)
      out[at] = out[at]! | (indices[y * width + x]! << (8 - bits * ((x % each) + 1)))
    }
  }
  return out
}

function trueColour({ data, stride, left, top, width, height }: Pixels): Buffer {
  const rowBytes = 3 * width
  const out = Buffer.alloc(height * (rowBytes + 1))
  for (let y = 0; y < height; y++) {
    let to = y * (rowBytes + 1) + 1
    let from = 4 * ((top + y) * stride + left)
    for (let x = 0; x < width; x++, from += 4) {
      out[to++] = data[from]!
      out[to++] = data[from + 1]!
      out[to++] = data[from + 2]!
    }
  }
  return file({ width, height }, 8, 2, out, null)
}

function file({ width, height }: Size, bits: number, colourType: number, rows: Buffer, palette: Buffer | null): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
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
