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
/** Offset of the comment's length in the end record. */
const COMMENT_LENGTH_AT = 20
const MOST_COMMENT_BYTES = 0xffff
/** A zip up to this size is read whole: reading its list of contents piece by piece takes a dozen system calls. */
const MOST_WHOLE_BYTES = 1024 * 1024
// The library turns backslashes into slashes before it checks a path, so it also catches `..\\..\\x`.
const OPTIONS = { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: false }

export interface OpenedFile {
  zip: ZipFile
  /** Bytes before the zip, such as a program that unpacks it: its positions count from their end. */
  prefix: number
}

/**
 * Opens a zip and leaves its comment, and whatever follows it, out: the library takes an end mark inside the comment for the end record
 * (APPNOTE.TXT, 4.3.16). Leaves out what precedes it too, where the positions in the zip do not count it (4.1.9).
 *
 * @throws the library's errors for a file that is not a zip; system errors when the file cannot be read.
 */
export async function openZipFile(path: string): Promise<OpenedFile> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const read: ReadBytes = (position, length) => readFrom(file, position, length)
    if (size <= MOST_WHOLE_BYTES) {
      const whole = await read(0, size)
      await file.close()
      return await openWhole(whole)
    }
    const found = await findEnd(read, size)
    if (found !== null && (found.prefix > 0 || found.end + END_BYTES < size)) {
      const bytes = found.end + END_BYTES - found.prefix
      const zip = await fromRandomAccessReaderPromise(new BareReader(file, found.prefix, bytes), bytes, OPTIONS)
      return { zip, prefix: found.prefix }
    }
  } catch (error) {
    await file.close()
    throw error
  }
  await file.close()
  return { zip: await openPromise(path, OPTIONS), prefix: 0 }
}

/** Opens a zip in memory. */
async function openWhole(file: Buffer): Promise<OpenedFile> {
  const found = await findEnd(async (position, length) => file.subarray(position, position + length), file.length)
  if (found === null) return { zip: await fromBufferPromise(file, OPTIONS), prefix: 0 }
  const { end, prefix } = found
  file.writeUInt16LE(0, end + COMMENT_LENGTH_AT)
  return { zip: await fromBufferPromise(file.subarray(prefix, end + END_BYTES), OPTIONS), prefix }
}

/** Reads bytes of a zip from a position; fewer at its end. */
type ReadBytes = (position: number, length: number) => Promise<Buffer>

async function readFrom(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}

/** Where a zip ends, and what precedes it. */
interface Found {
  /** Position of the end record. */
  end: number
  prefix: number
}

/**
 * @returns the position of the end record: the last one whose list of contents ends where it begins, because a comment may hold a whole
 *   record; without any, the last one whose comment reaches to the end of the file, and as prefix the bytes by which its list lies farther
 *   than it says. Null when there is none.
 */
async function findEnd(read: ReadBytes, size: number): Promise<Found | null> {
  const from = Math.max(0, size - LOCATOR_BYTES - END_BYTES - MOST_COMMENT_BYTES)
  const tail = await read(from, size - from)
  let likely: Found | null = null
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END_MARK) continue
    const [listBytes, listAt] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)]
    const isZip64 = listAt === 0xffffffff || listBytes === 0xffffffff
    const entries = tail.readUInt16LE(at + 10)
    // The true numbers of a zip64 are in another record, which the bytes before this one point to.
    const fits = isZip64
      ? at >= LOCATOR_BYTES && tail.readUInt32LE(at - LOCATOR_BYTES) === LOCATOR_MARK
      : listAt + listBytes === from + at && (await hasList(read, listAt, entries))
    if (fits) return { end: from + at, prefix: 0 }
    const reachesEnd = tail.readUInt16LE(at + COMMENT_LENGTH_AT) === tail.length - at - END_BYTES
    const gap = isZip64 ? 0 : from + at - listAt - listBytes
    if (likely !== null || !reachesEnd || gap < 0) continue
    const isMoved = gap > 0 && listBytes > 0 && (await hasList(read, from + at - listBytes, entries))
    likely = { end: from + at, prefix: isMoved ? gap : 0 }
  }
  return likely
}

/** Whether the list of contents is there. A zip without entries consists only of its end record. */
async function hasList(read: ReadBytes, at: number, entries: number): Promise<boolean> {
  if (entries === 0) return at === 0
  const mark = await read(at, 4)
  return mark.length === 4 && mark.readUInt32LE() === LIST_MARK
}

/** Reads a zip within a file for the library and shows a comment length of zero. */
class BareReader extends RandomAccessReader {
  readonly #file: FileHandle
  readonly #from: number
  readonly #commentLengthAt: number

  /** @param from where the zip begins in the file. @param bytes of the zip without its comment. */
  constructor(file: FileHandle, from: number, bytes: number) {
    super()
    this.#file = file
    this.#from = from
    this.#commentLengthAt = bytes - END_BYTES + COMMENT_LENGTH_AT
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return createReadStream('', { fd: this.#file, autoClose: false, start: this.#from + start, end: this.#from + end - 1 })
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.#file.read(buffer, offset, length, this.#from + position).then(
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
