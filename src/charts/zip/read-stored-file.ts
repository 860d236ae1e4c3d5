import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { crc32, inflateRawSync } from 'node:zlib'
import { uninterrupted } from '#lib/end-guard.ts'
import { messageOf } from '#lib/errors.ts'
import { faultOf, STORED } from './member-fault.ts'
import { ZipError } from './zip-error.ts'
import { UPLOAD_ZIP_LIMITS } from './zip-limits.ts'
import type { ZipPlace } from './zip-place.ts'

/** A file of an upload: in a zip that `openZip` has checked, or a file of its own (`place` is null). */
export interface StoredFile {
  /** The zip, or the file itself, on disk. */
  path: string
  /** Name of the file in messages. */
  name: string
  bytes: number
  place: ZipPlace | null
}

const LOCAL_HEADER = 30
const SIGNATURE = 0x04034b50
/** zlib wants chunks of 64 bytes at least. */
const SPARE_BYTES = 64

/**
 * Reads one file whole, for worker threads: synchronously, and without the zip's list of contents, which takes longer to read than
 * most cells. Verifies length and checksum, and inflates no more than the announced size.
 *
 * @throws ZipError when it cannot be unpacked, or the zip has changed since it was checked.
 */
export function readStoredFile(file: StoredFile): Buffer {
  const fault = file.place === null ? null : faultOf(file.place.method, UPLOAD_ZIP_LIMITS)
  if (fault !== null) throw new ZipError(file.name, fault)
  const handle = openSync(file.path, 'r')
  try {
    if (file.place === null) return readAt(handle, 0, file.bytes, file)
    const { offset, packedBytes, method, crc } = file.place
    // A damaged length may be gigabytes, which must not be asked for.
    if (offset + LOCAL_HEADER + packedBytes > fstatSync(handle).size) throw damaged(file, 'the file ends early')
    const header = readAt(handle, offset, LOCAL_HEADER, file)
    if (header.readUInt32LE(0) !== SIGNATURE) throw damaged(file, 'it is not where the list of contents places it')
    // The name and extra field of the local header may be longer or shorter than in the list of contents.
    const start = offset + LOCAL_HEADER + header.readUInt16LE(26) + header.readUInt16LE(28)
    const packed = readAt(handle, start, packedBytes, file)
    const content = method === STORED ? packed : inflate(packed, file)
    if (content.length !== file.bytes) throw damaged(file, `it has ${content.length} bytes instead of ${file.bytes}`)
    if (crc32(content) !== crc) throw damaged(file, 'its checksum is wrong')
    return content
  } finally {
    closeSync(handle)
  }
}

function inflate(packed: Buffer, file: StoredFile): Buffer {
  if (file.bytes === 0) return Buffer.alloc(0)
  try {
    // One chunk for all and the end of the stream: zlib otherwise makes one for every 16 KB and copies them together.
    const chunkSize = file.bytes + SPARE_BYTES
    return uninterrupted(() => inflateRawSync(packed, { maxOutputLength: file.bytes, chunkSize }))
  } catch (error) {
    throw damaged(file, `it cannot be unpacked: ${messageOf(error)}`)
  }
}

function readAt(handle: number, position: number, length: number, file: StoredFile): Buffer {
  const buffer = Buffer.allocUnsafe(length)
  let done = 0
  while (done < length) {
    const read = readSync(handle, buffer, done, length - done, position + done)
    if (read === 0) throw damaged(file, 'the file ends early')
    done += read
  }
  return buffer
}

function damaged(file: StoredFile, message: string): ZipError {
  return new ZipError(file.name, `it is damaged: ${message}`)
}
