import { crc32 } from 'node:zlib'

// A cached tile on disk: magic, length and checksum of the content, content. The cache writes without syncing, so after a power cut
// a file may exist and hold zeros; the checksum finds that out.

const MAGIC = 0x43_52_54_31 // CRT1
const HEADER_BYTES = 12

/** The file of some content. */
export function packTile(content: Uint8Array): Buffer {
  const header = Buffer.allocUnsafe(HEADER_BYTES)
  header.writeUInt32BE(MAGIC, 0)
  header.writeUInt32BE(content.byteLength, 4)
  header.writeUInt32BE(crc32(content), 8)
  return Buffer.concat([header, content])
}

/** The content of a file; null when the file is damaged. */
export function unpackTile(file: Buffer): Buffer | null {
  if (file.byteLength < HEADER_BYTES || file.readUInt32BE(0) !== MAGIC) return null
  const content = file.subarray(HEADER_BYTES)
  if (content.byteLength !== file.readUInt32BE(4) || crc32(content) !== file.readUInt32BE(8)) return null
  return content
}
