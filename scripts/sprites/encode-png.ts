import { Buffer } from 'node:buffer'
import { crc32, deflateSync, inflateSync } from 'node:zlib'
import type { Pixels } from './render-picture.ts'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Encodes pixels as a PNG of 8-bit RGBA, rows unfiltered: flat colours compress best so. */
export function encodePng({ width, height, data }: Pixels): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const rows = Buffer.alloc((width * 4 + 1) * height)
  for (let y = 0; y < height; y++) rows.set(data.subarray(y * width * 4, (y + 1) * width * 4), y * (width * 4 + 1) + 1)
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Decodes a PNG that `encodePng` wrote. @throws Error for any other. */
export function decodePng(file: Buffer): Pixels {
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)]
  const size = file.readUInt32BE(33)
  if (file.toString('latin1', 37, 41) !== 'IDAT') throw new Error('the second chunk of the PNG is not IDAT')
  const rows = inflateSync(file.subarray(41, 41 + size))
  const data = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++) {
    const start = y * (width * 4 + 1)
    if (rows[start] !== 0) throw new Error(`row ${y} of the PNG is filtered`)
    data.set(rows.subarray(start + 1, start + 1 + width * 4), y * width * 4)
  }
  return { width, height, data }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
