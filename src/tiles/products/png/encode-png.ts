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

/** Writes a square of opaque pixels as PNG (ISO/IEC 15948): with a palette of up to 256 colours where that loses nothing. */
export function encodePng(pixels: Pixels): Buffer {
  return paletteOf(pixels) ?? trueColour(pixels)
}

function paletteOf({ data, stride, left, top, size }: Pixels): Buffer | null {
  const words = new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4)
  const indices = new Map<number, number>()
  const rows = Buffer.alloc(size * size)
  let last = -1
  let lastIndex = 0
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const word = words[(top + y) * stride + left + x]!
      if (word !== last) {
        let index = indices.get(word)
        if (index === undefined) {
          index = indices.size
          if (index === MOST_COLOURS) return null
          indices.set(word, index)
        }
        last = word
        lastIndex = index
      }
      rows[y * size + x] = lastIndex
    }
  }
  const palette = Buffer.from([...indices.keys()].flatMap((word) => [word & 255, (word >> 8) & 255, (word >> 16) & 255]))
  const bits = [1, 2, 4, 8].find((depth) => indices.size <= 2 ** depth) ?? 8
  return file(size, bits, 3, packed(rows, size, bits), palette)
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
