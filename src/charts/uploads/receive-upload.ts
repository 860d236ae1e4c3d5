import { randomUUID } from 'node:crypto'
import { AppError, codeOf } from '#lib/errors.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { StorageUnusableError } from '#storage/storage-unusable.ts'
import { checkUploadType, SNIFF_BYTES, type UploadKind } from './upload-type.ts'

/** An upload whose file is stored. */
export interface ReceivedUpload {
  kind: UploadKind
  blobKey: string
  bytes: number
}

export const UPLOAD_PREFIX = 'uploads/'
/** The documented limit, 1 GB. */
export const UPLOAD_LIMIT = 1024 * 1024 * 1024

/**
 * Streams an upload to the storage and checks its type and size meanwhile. Stores nothing of a refused upload, or of one whose
 * sender disconnects.
 *
 * @param filename sanitised. @param limit in bytes.
 * @throws AppError UPLOAD_TYPE, UPLOAD_TOO_LARGE (400), STORAGE_FULL (507); StorageUnusableError; whatever `content` throws.
 */
export async function receiveUpload(
  storage: BlobStore,
  filename: string,
  content: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<ReceivedUpload> {
  const blobKey = `${UPLOAD_PREFIX}${randomUUID()}`
  const checked: { kind: UploadKind | null } = { kind: null }
  try {
    const bytes = await storage.put(blobKey, check())
    if (checked.kind === null) throw new Error('the storage has not read the upload to its end')
    return { kind: checked.kind, blobKey, bytes }
  } catch (error) {
    throw isFull(error) ? storageFull(error) : error
  }

  async function* check(): AsyncIterable<Uint8Array> {
    let start: Uint8Array[] = []
    let bytes = 0
    for await (const chunk of content) {
      bytes += chunk.byteLength
      if (bytes > limit) throw tooLarge(limit)
      if (checked.kind !== null) {
        yield chunk
        continue
      }
      start.push(chunk)
      if (bytes < SNIFF_BYTES) continue
      checked.kind = checkUploadType(filename, Buffer.concat(start).subarray(0, SNIFF_BYTES))
      yield* start
      start = []
    }
    if (checked.kind === null) {
      checked.kind = checkUploadType(filename, Buffer.concat(start))
      yield* start
    }
  }
}

export function tooLarge(limit: number): AppError {
  return new AppError('UPLOAD_TOO_LARGE', `The file is too large: at most ${limit.toLocaleString('en-US')} bytes are accepted.`)
}

function isFull(error: unknown): boolean {
  const code = codeOf(error instanceof StorageUnusableError ? error.cause : error)
  return code === 'ENOSPC' || code === 'EDQUOT'
}

function storageFull(cause: unknown): AppError {
  return new AppError('STORAGE_FULL', 'The disk of the server is full: nothing was stored. Free some space and upload again.', {
    cause,
  })
}
