import { Buffer } from 'node:buffer'
import { crc32, inflateRawSync } from 'node:zlib'

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const END_SIZE = 22

/**
 * The one member of a small zip (PKWARE APPNOTE 6.3), as S-63 packs each file before it encrypts it. Never gives more than
 * `limit` bytes, whatever the zip says of its size. Throws Error in a few words (`it has 3 members`) for anything else.
 */
export function unzipMember(zip: Uint8Array, limit: number): { name: string; bytes: Buffer } {
  const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.length)
  const end = findEnd(bytes)
  const count = bytes.readUInt16LE(end + 10)
  if (count !== 1) throw new Error(`it has ${count} members instead of one`)
  const entry = bytes.readUInt32LE(end + 16)
  if (entry + 46 > end || bytes.readUInt32LE(entry) !== CENTRAL) throw new Error('its directory is not where it should be')
  const flags = bytes.readUInt16LE(entry + 8)
  const method = bytes.readUInt16LE(entry + 10)
  const checksum = bytes.readUInt32LE(entry + 16)
  const packed = bytes.readUInt32LE(entry + 20)
  const size = bytes.readUInt32LE(entry + 24)
  const nameLength = bytes.readUInt16LE(entry + 28)
  const start = bytes.readUInt32LE(entry + 42)
  if ((flags & 1) !== 0) throw new Error('its member is encrypted once more')
  if (method !== 0 && method !== 8) throw new Error(`its member is packed with method ${method}; 0 and 8 are accepted`)
  if (size > limit) throw new Error(`its member would have ${size} bytes; at most ${limit} are accepted`)
  if (start + 30 > entry || bytes.readUInt32LE(start) !== LOCAL) throw new Error('its member is not where it should be')
  const from = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28)
  if (from + packed > entry) throw new Error('its member runs into its directory')
  const data = bytes.subarray(from, from + packed)
  const plain = method === 0 ? data : inflate(data, size)
  if (plain.length !== size) throw new Error(`its member has ${plain.length} bytes instead of ${size}`)
  if (crc32(plain) !== checksum) throw new Error('the checksum of its member does not fit')
  const nameEnd = Math.min(entry + 46 + nameLength, end)
  return { name: bytes.toString('latin1', entry + 46, nameEnd), bytes: plain }
}

/** The end record lies at the end, before a comment at most. */
function findEnd(bytes: Buffer): number {
  for (let at = bytes.length - END_SIZE; at >= Math.max(0, bytes.length - END_SIZE - 0xffff); at--) {
    if (bytes.readUInt32LE(at) === END) return at
  }
  throw new Error('it ends too early')
}

function inflate(data: Buffer, size: number): Buffer {
  try {
    // One byte more than stated is enough to see that there is more; an output of 0 bytes cannot be asked for.
    return inflateRawSync(data, { maxOutputLength: size + 1 })
  } catch {
    throw new Error('its member cannot be unpacked')
  }
}
