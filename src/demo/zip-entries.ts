import { Buffer } from 'node:buffer'
import { buffer } from 'node:stream/consumers'
import yazl from 'yazl'

/** A file of a zip: its path with `/` and what it holds. */
export interface ZipEntry {
  path: string
  content: Uint8Array | string
}

/** Makes a zip in memory. Every entry gets `date`, so the same entries give the same bytes. */
export async function zipEntries(entries: readonly ZipEntry[], date: Date): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  for (const { path, content } of entries) {
    const bytes =
      typeof content === 'string' ? Buffer.from(content) : Buffer.from(content.buffer, content.byteOffset, content.byteLength)
    zip.addBuffer(bytes, path, { mtime: date })
  }
  zip.end()
  return await buffer(zip.outputStream)
}
