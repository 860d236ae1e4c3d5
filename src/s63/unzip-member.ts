import { Buffer } from 'node:buffer'
import { crc32, inflateRawSync } from 'node:zlib'
import { uninterrupted } from '#lib/end-guard.ts'

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const END_SIZE = 22

/**
 * Unpacks the only member of a zip (PKWARE APPNOTE 6.3); S-63 packs each file into one before encryption. Never returns more
 * than `limit` bytes, whatever size the zip states. Throws an Error with a short message (`it has 3 members instead of one`).
 */
export function unzipMember(zip: Uint8Array, limit: number): { name: string; bytes: Buffer } {
  const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.length)
  const end = findEnd(bytes)
  const count = bytes.readUInt16LE(end + 10)
  if (count !== 1) throw new Error(`it has ${count} members instead of one`)
  const entry = bytes.readUInt32LE(end + 16)
  if (entry + 46 > end || bytes.readUInt32LE(entry) !== CENTRAL)
    throw new Error('its central directory is not at the stated offset')
  const flags = bytes.readUInt16LE(entry + 8)
  const method = bytes.readUInt16LE(entry + 10)
  const checksum = bytes.readUInt32LE(entry + 16)
  const packed = bytes.readUInt32LE(entry + 20)
  const size = bytes.readUInt32LE(entry + 24)
  const nameLength = bytes.readUInt16LE(entry + 28)
  const start = bytes.readUInt32LE(entry + 42)
  if ((flags & 1) !== 0) throw new Error('its member is encrypted again')
  if (method !== 0 && method !== 8) throw new Error(`its member is compressed with method ${method}; 0 and 8 are accepted`)
  if (size > limit) throw new Error(`its member would have ${size} bytes; at most ${limit} are accepted`)
  if (start + 30 > entry || bytes.readUInt32LE(start) !== LOCAL) throw new Error('its member is not at the stated offset')
  const from = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28)
  if (from + packed > entry) throw new Error('its member overlaps its central directory')
  const data = bytes.subarray(from, from + packed)
  const plain = method === 0 ? data : inflate(data, size)
  if (plain.length !== size) throw new Error(`its member has ${plain.length} bytes instead of ${size}`)
  if (crc32(plain) !== checksum) throw new Error('the checksum of its member is wrong')
  const nameEnd = Math.min(entry + 46 + nameLength, end)
  return { name: bytes.toString('latin1', entry + 46, nameEnd), bytes: plain }
}

/** Returns the offset of the end record; only a comment may follow it. Throws without one. */
function findEnd(bytes: Buffer): number {
  for (let at = bytes.length - END_SIZE; at >= Math.max(0, bytes.length - END_SIZE - 0xffff); at--) {
    if (bytes.readUInt32LE(at) === END) return at
  }
  throw new Error('it has no end record')
}

function inflate(data: Buffer, size: number): Buffer {
  try {
    // One byte more than stated reveals a longer member; zlib rejects a limit of 0.
    return uninterrupted(() => inflateRawSync(data, { maxOutputLength: size + 1 }))
  } catch {
    throw new Error('its member cannot be decompressed')
  }
}
