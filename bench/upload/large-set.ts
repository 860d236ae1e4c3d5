import { Readable } from 'node:stream'
import yazl from 'yazl'
import type { ZipEntry } from '#demo/zip-entries.ts'

const MEGABYTE = 1024 * 1024
/** Size of one file, below the limit of an upload. */
const FILE_BYTES = 127 * MEGABYTE

/** A zip that is generated while it is read. */
export interface LargeSet {
  content: Readable
  /** The exact size of the zip. */
  bytes: number
}

/**
 * A zip of nearly `bytes`, generated while it is read and never kept in memory: the given entries and texts of seeded noise, stored
 * without compression so that the size sent is the size of the content.
 */
export async function largeSet(bytes: number, seed: number, entries: readonly ZipEntry[]): Promise<LargeSet> {
  const zip = new yazl.ZipFile()
  const own = entries.reduce((sum, { content }) => sum + content.length, 0)
  for (const { path, content } of entries) zip.addBuffer(Buffer.from(content), path, { compress: false })
  const block = noise(MEGABYTE, seed)
  // The zip's own headers need far less than this reserve.
  let left = Math.floor((bytes - own - 64 * 1024) / MEGABYTE) * MEGABYTE
  for (let n = 1; left > 0; n++) {
    const size = Math.min(left, FILE_BYTES)
    zip.addReadStream(Readable.from(repeated(block, size / MEGABYTE)), `ENC_ROOT/NOISE${n}.TXT`, { compress: false, size })
    left -= size
  }
  const total = await new Promise<number>((resolve) => {
    // Its types omit the argument of the callback: the final size of the zip, or -1 when it is unknown.
    zip.end({ forceZip64Format: false, comment: '' }, resolve as () => void)
  })
  if (total < 0) throw new Error('the size of the zip is not known in advance')
  return { content: zip.outputStream as Readable, bytes: total }
}

function* repeated(block: Buffer, times: number): Iterable<Buffer> {
  for (let n = 0; n < times; n++) yield block
}

/** Marsaglia's xorshift, 32 bits. */
function noise(bytes: number, seed: number): Buffer {
  const block = Buffer.alloc(bytes)
  let state = seed | 1
  for (let at = 0; at < bytes; at += 4) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    block.writeInt32LE(state, at)
  }
  return block
}
