import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { pack } from 'tar-stream'
import { MANIFEST_ENTRY, type ManifestLine } from './backup-format.ts'

/** Writes a backup's tar file from one end to the other. */
export interface ArchiveWriter {
  /** Adds an entry. @throws Error when the content has another length. */
  add(name: string, bytes: number, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<void>
  /** Writes the manifest and the end, and makes the file durable. @returns its size in bytes. */
  finish(): Promise<number>
  /** Ends without a complete file. */
  destroy(): void
}

const BUFFER = 2 ** 20

/** @param file is created or replaced, readable by its owner only. */
export function createArchiveWriter(file: string): ArchiveWriter {
  const archive = pack({ highWaterMark: BUFFER })
  const sink = createWriteStream(file, { mode: 0o600, highWaterMark: BUFFER })
  const written = pipeline(archive, sink)
  // A failed write, such as of a full disk, is reported by the entry that is being added.
  written.catch((error: Error) => archive.destroy(error))
  const manifest: ManifestLine[] = []

  /** The file's own error comes first: after it, the streams before it only say that they were closed. */
  async function writing<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw sink.errored === null ? error : new Error(`the backup ${file} cannot be written`, { cause: sink.errored })
    }
  }

  async function add(name: string, bytes: number, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
    const hash = createHash('sha256')
    let length = 0
    const entry = archive.entry({ name, size: bytes, mode: 0o600, mtime: new Date(0) })
    await Promise.race([
      written.then(() => Promise.reject(new Error('the file was closed'))),
      pipeline(
        content instanceof Uint8Array ? Readable.from([content]) : content,
        async function* (chunks: AsyncIterable<Uint8Array>) {
          for await (const chunk of chunks) {
            hash.update(chunk)
            length += chunk.byteLength
            if (length > bytes) throw new Error(`${name} is longer than the ${bytes} bytes that the storage told`)
            yield chunk
          }
          if (length !== bytes) throw new Error(`${name} has ${length} bytes instead of ${bytes}`)
        },
        entry,
      ),
    ])
    manifest.push({ name, bytes, sha256: hash.digest('hex') })
  }

  async function finish(): Promise<number> {
    const lines = Buffer.from(manifest.map((line) => `${JSON.stringify(line)}\n`).join(''))
    await add(MANIFEST_ENTRY, lines.length, lines)
    archive.finalize()
    await written
    const handle = await open(file, 'r+')
    try {
      await handle.sync()
      return (await handle.stat()).size
    } finally {
      await handle.close()
    }
  }

  return {
    add: (name, bytes, content) => writing(() => add(name, bytes, content)),
    finish: () => writing(finish),
    destroy() {
      archive.destroy()
      sink.destroy()
      void finished(sink).catch(() => undefined)
    },
  }
}
