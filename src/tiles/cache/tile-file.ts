import { crc32 } from 'node:zlib'

// A cached tile on disk: magic, length and checksum of the content, content. The checksum is what lets the cache write without
// waiting for the disk: after a power cut a file may be there and hold zeros.

const MAGIC = 0x43_52_54_31 // CRT1
const HEADER_BYTES = 12

export function packTile(content: Uint8Array): Buffer {
  const header = Buffer.allocUnsafe(HEADER_BYTES)
  header.writeUInt32BE(MAGIC, 0)
  header.writeUInt32BE(content.byteLength, 4)
  header.writeUInt32BE(crc32(content), 8)
  return Buffer.concat([header, content])
}

/** @returns null for a file that is damaged. */
export function unpackTile(file: Buffer): Buffer | null {
  if (file.byteLength < HEADER_BYTES || file.readUInt32BE(0) !== MAGIC) return null
  const content = file.subarray(HEADER_BYTES)
  if (content.byteLength !== file.readUInt32BE(4) || crc32(content) !== file.readUInt32BE(8)) return null
  return content
}
