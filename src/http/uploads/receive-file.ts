import type { MultipartFile } from '@fastify/multipart'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ReceivedUpload } from '#charts/uploads/receive-upload.ts'
import type { Uploads } from '#charts/uploads/uploads.ts'
import { AppError } from '#lib/errors.ts'
import type { DiskReserve } from './disk-reserve.ts'

/** How much of a refused body is still read, so that a client that sends without waiting can read the response. */
const DRAIN_BYTES = 4 * 1024 * 1024
const DRAIN_MILLISECONDS = 5_000

/**
 * Streams the file of a multipart request to the storage, while the disk has room.
 *
 * @throws AppError UPLOAD_NO_FILE, UPLOAD_INCOMPLETE, UPLOAD_TYPE, UPLOAD_TOO_LARGE (400), STORAGE_FULL (507).
 */
export async function receiveFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { uploads, disk }: { uploads: Uploads; disk: DiskReserve },
): Promise<ReceivedUpload & { filename: string }> {
  try {
    const parts = partsOf(request, uploads.limit)
    const part = await firstFile(parts)
    const received = await uploads.receive(part.filename, disk.guard(contentOf(part)))
    try {
      await refuseSecondFile(parts)
      return received
    } catch (error) {
      await uploads.discard(received.blobKey)
      throw error
    }
  } catch (error) {
    if (!(await drained(request))) reply.header('connection', 'close')
    throw error
  }
}

type Parts = AsyncIterator<MultipartFile | { type: 'field' }>

function partsOf(request: FastifyRequest, limit: number): Parts {
  if (!request.isMultipart()) throw noFile('the body is not multipart/form-data')
  try {
    // Accepts a second file only to refuse it.
    const limits = { fileSize: limit + 1, files: 2, fields: 20, fieldSize: 10_000, parts: 30 }
    return request.parts({ limits })[Symbol.asyncIterator]()
  } catch (cause) {
    throw incomplete(cause)
  }
}

async function firstFile(parts: Parts): Promise<MultipartFile> {
  const part = await nextFile(parts)
  if (part === null) throw noFile('there is no file in the form')
  // A part with a file name may have no field name (RFC 7578 requires one).
  const { fieldname }: { fieldname?: string } = part
  if (fieldname === undefined) throw noFile('the part that holds the file has no name')
  if (fieldname !== 'file') throw noFile(`the file is in the field ${JSON.stringify(fieldname.slice(0, 60))}`)
  if (!part.filename) throw noFile('the file has no name')
  return part
}

async function refuseSecondFile(parts: Parts): Promise<void> {
  if ((await nextFile(parts)) !== null) {
    throw noFile('the form holds more than one file; send each in a separate request')
  }
}

/** The next file of the form; null at the end of the body. */
async function nextFile(parts: Parts): Promise<MultipartFile | null> {
  try {
    for (;;) {
      const { value, done } = await parts.next()
      if (done === true || value === undefined) return null
      if (value.type === 'file') return value
    }
  } catch (cause) {
    throw incomplete(cause)
  }
}

async function* contentOf(part: MultipartFile): AsyncIterable<Uint8Array> {
  try {
    yield* part.file as AsyncIterable<Uint8Array>
  } catch (cause) {
    throw incomplete(cause)
  }
}

function noFile(why: string): AppError {
  return new AppError('UPLOAD_NO_FILE', `A file is needed, sent as multipart/form-data in a field named file: ${why}.`)
}

function incomplete(cause: unknown): AppError {
  return new AppError('UPLOAD_INCOMPLETE', undefined, { cause })
}

/** Reads the rest of the body, within bounds. @returns whether it reached the end. */
async function drained(request: FastifyRequest): Promise<boolean> {
  const { raw } = request
  if (raw.complete || raw.destroyed) return true
  return await new Promise((resolve) => {
    let bytes = 0
    const finish = (complete: boolean) => {
      clearTimeout(timer)
      raw.off('data', count).off('end', atEnd).off('close', atClose)
      resolve(complete)
    }
    const count = (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > DRAIN_BYTES) finish(false)
    }
    const atEnd = () => finish(true)
    const atClose = () => finish(false)
    const timer = setTimeout(() => finish(false), DRAIN_MILLISECONDS)
    raw.unpipe()
    raw.on('data', count).once('end', atEnd).once('close', atClose)
    raw.resume()
  })
}
