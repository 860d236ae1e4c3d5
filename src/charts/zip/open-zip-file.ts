import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { fromBufferPromise, fromRandomAccessReaderPromise, openPromise, RandomAccessReader, type ZipFile } from 'yauzl'

const END_MARK = 0x06054b50
const LIST_MARK = 0x02014b50
/** Where the end record of a zip64 is (APPNOTE.TXT, 4.3.15). */
const LOCATOR_MARK = 0x07064b50
const LOCATOR_BYTES = 20
const END_BYTES = 22
/** Where in the end record the length of the comment stands. */
const COMMENT_LENGTH_AT = 20
const MOST_COMMENT_BYTES = 0xffff
/** A zip up to this size is read whole: its list of contents piece by piece takes a dozen calls into the system. */
const MOST_WHOLE_BYTES = 1024 * 1024
// The library turns backslashes into slashes before it checks a path, so it also catches `..\\..\\x`.
const OPTIONS = { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: false }

/**
 * Opens a zip and leaves its comment, and whatever follows it, out: the library takes an end mark inside the comment for the end record
 * (APPNOTE.TXT, 4.3.16).
 *
 * @throws the library's errors for a file that is not a zip; system errors when the file cannot be read.
 */
export async function openZipFile(path: string): Promise<ZipFile> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const read: ReadBytes = (position, length) => readFrom(file, position, length)
    if (size <= MOST_WHOLE_BYTES) {
      const whole = await read(0, size)
      await file.close()
      return await openWhole(whole)
    }
    const end = await findEnd(read, size)
    if (end !== null && end + END_BYTES < size) {
      const reader = new CommentlessReader(file, end + COMMENT_LENGTH_AT)
      return await fromRandomAccessReaderPromise(reader, end + END_BYTES, OPTIONS)
    }
  } catch (error) {
    await file.close()
    throw error
  }
  await file.close()
  return await openPromise(path, OPTIONS)
}

/** Opens a zip in memory. */
async function openWhole(zip: Buffer): Promise<ZipFile> {
  const end = await findEnd(async (position, length) => zip.subarray(position, position + length), zip.length)
  if (end === null) return await fromBufferPromise(zip, OPTIONS)
  zip.writeUInt16LE(0, end + COMMENT_LENGTH_AT)
  return await fromBufferPromise(zip.subarray(0, end + END_BYTES), OPTIONS)
}

/** Reads bytes of a zip from a position; fewer at its end. */
type ReadBytes = (position: number, length: number) => Promise<Buffer>

async function readFrom(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}

/**
 * @returns the position of the end record: the last one whose list of contents ends where it begins, because a comment may hold a whole
 *   record; without any, the last one whose comment reaches to the end of the file. Null when there is none.
 */
async function findEnd(read: ReadBytes, size: number): Promise<number | null> {
  const from = Math.max(0, size - LOCATOR_BYTES - END_BYTES - MOST_COMMENT_BYTES)
  const tail = await read(from, size - from)
  let likely: number | null = null
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END_MARK) continue
    const [listBytes, listAt] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)]
    const isZip64 = listAt === 0xffffffff || listBytes === 0xffffffff
    // The true numbers of a zip64 stand in another record, to which the bytes before lead.
    const fits = isZip64
      ? at >= LOCATOR_BYTES && tail.readUInt32LE(at - LOCATOR_BYTES) === LOCATOR_MARK
      : listAt + listBytes === from + at && (await hasList(read, listAt, tail.readUInt16LE(at + 10)))
    if (fits) return from + at
    const reachesEnd = tail.readUInt16LE(at + COMMENT_LENGTH_AT) === tail.length - at - END_BYTES
    if (reachesEnd && (isZip64 || listAt + listBytes <= from + at)) likely ??= from + at
  }
  return likely
}

/** Whether the list of contents is there. A zip without any is nothing but its end record. */
async function hasList(read: ReadBytes, at: number, entries: number): Promise<boolean> {
  if (entries === 0) return at === 0
  const mark = await read(at, 4)
  return mark.length === 4 && mark.readUInt32LE() === LIST_MARK
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
