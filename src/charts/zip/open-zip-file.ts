import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { fromRandomAccessReaderPromise, openPromise, RandomAccessReader, type ZipFile } from 'yauzl'

const END_MARK = 0x06054b50
const END_BYTES = 22
const MOST_COMMENT_BYTES = 0xffff
// The library turns backslashes into slashes before it checks a path, so it also catches `..\\..\\x`.
const OPTIONS = { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: false }

/**
 * Opens a zip and leaves its comment out: the library takes an end mark inside the comment for the end record (APPNOTE.TXT, 4.3.16).
 *
 * @throws the library's errors for a file that is not a zip; system errors when the file cannot be read.
 */
export async function openZipFile(path: string): Promise<ZipFile> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const end = await findEnd(file, size)
    if (end !== null && end + END_BYTES < size) {
      const reader = new CommentlessReader(file, end + END_BYTES - 2)
      return await fromRandomAccessReaderPromise(reader, end + END_BYTES, OPTIONS)
    }
  } catch (error) {
    await file.close()
    throw error
  }
  await file.close()
  return await openPromise(path, OPTIONS)
}

/**
 * @returns the position of the end record: the last one whose comment reaches to the end of the file and whose list of contents lies
 *   before it; null when there is none.
 */
async function findEnd(file: FileHandle, size: number): Promise<number | null> {
  const tail = Buffer.alloc(Math.min(size, END_BYTES + MOST_COMMENT_BYTES))
  const from = size - tail.length
  const { bytesRead } = await file.read(tail, 0, tail.length, from)
  for (let at = bytesRead - END_BYTES; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END_MARK || tail.readUInt16LE(at + 20) !== bytesRead - at - END_BYTES) continue
    const [listBytes, listAt] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)]
    // The true numbers of a zip64 stand in another record.
    if (listAt === 0xffffffff || listBytes === 0xffffffff || listAt + listBytes <= from + at) return from + at
  }
  return null
}

/** Reads a file for the library and shows a comment length of zero. */
class CommentlessReader extends RandomAccessReader {
  readonly #file: FileHandle
  readonly #commentLengthAt: number

  constructor(file: FileHandle, commentLengthAt: number) {
    super()
    this.#file = file
    this.#commentLengthAt = commentLengthAt
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return createReadStream('', { fd: this.#file, autoClose: false, start, end: end - 1 })
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.#file.read(buffer, offset, length, position).then(
      ({ bytesRead }) => {
        for (const at of [this.#commentLengthAt, this.#commentLengthAt + 1]) {
          const index = at - position
          if (index >= 0 && index < bytesRead) buffer[offset + index] = 0
        }
        callback(null, bytesRead)
      },
      (error: Error) => callback(error),
    )
  }

  override close(callback: (error: Error | null) => void): void {
    this.#file.close().then(
      () => callback(null),
      (error: Error) => callback(error),
    )
  }
}
