import { Readable } from 'node:stream'
import yazl from 'yazl'
import type { ZipEntry } from '#demo/zip-entries.ts'

const MEGABYTE = 1024 * 1024
/** Below what one file of an upload may have unpacked. */
const FILE_BYTES = 127 * MEGABYTE

export interface LargeSet {
  content: Readable
  /** The exact size of the zip. */
  bytes: number
}

/**
 * A zip of nearly `bytes` that is made while it is read and never held: the given entries, and texts of seeded noise that are stored
 * as they are, so that the size on the wire is that of the content.
 */
export async function largeSet(bytes: number, seed: number, entries: readonly ZipEntry[]): Promise<LargeSet> {
  const zip = new yazl.ZipFile()
  const own = entries.reduce((sum, { content }) => sum + content.length, 0)
  for (const { path, content } of entries) zip.addBuffer(Buffer.from(content), path, { compress: false })
  const block = noise(MEGABYTE, seed)
  // What the zip itself needs for names and sizes is far less than this.
  let left = Math.floor((bytes - own - 64 * 1024) / MEGABYTE) * MEGABYTE
  for (let n = 1; left > 0; n++) {
    const size = Math.min(left, FILE_BYTES)
    zip.addReadStream(Readable.from(repeated(block, size / MEGABYTE)), `ENC_ROOT/NOISE${n}.TXT`, { compress: false, size })
    left -= size
  }
  const total = await new Promise<number>((resolve) => {
    // Its types leave out what it calls back with: the size of the zip to come, -1 when it cannot know.
    zip.end({ forceZip64Format: false, comment: '' }, resolve as () => void)
  })
  if (total < 0) throw new Error('the size of the zip is not known beforehand')
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
