import { randomUUID } from 'node:crypto'
import { AppError } from '#lib/errors.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { checkUploadType, SNIFF_BYTES, type UploadKind } from './upload-type.ts'

export interface ReceivedUpload {
  kind: UploadKind
  blobKey: string
  bytes: number
}

export const UPLOAD_PREFIX = 'uploads/'
/** The documented limit, 1 GB. */
export const UPLOAD_LIMIT = 1024 * 1024 * 1024

/**
 * Writes an upload to the storage as it comes in. What is wrong with it is found while it streams: nothing stays behind then,
 * nor when the sender goes away.
 *
 * @param filename sanitised.
 * @throws AppError UPLOAD_TYPE, UPLOAD_TOO_LARGE (400), STORAGE_FULL (507); whatever `content` throws.
 */
export async function receiveUpload(
  storage: BlobStore,
  filename: string,
  content: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<ReceivedUpload> {
  const blobKey = `${UPLOAD_PREFIX}${randomUUID()}`
  let kind: UploadKind | null = null
  try {
    const bytes = await storage.put(blobKey, checked())
    return { kind: kind as unknown as UploadKind, blobKey, bytes }
  } catch (error) {
    throw isFull(error) ? storageFull(error) : error
  }

  async function* checked(): AsyncIterable<Uint8Array> {
    let start: Uint8Array[] = []
    let bytes = 0
    for await (const chunk of content) {
      bytes += chunk.byteLength
      if (bytes > limit) throw tooLarge(limit)
      if (kind !== null) {
        yield chunk
        continue
      }
      start.push(chunk)
      if (bytes < SNIFF_BYTES) continue
      kind = checkUploadType(filename, Buffer.concat(start).subarray(0, SNIFF_BYTES))
      yield* start
      start = []
    }
    if (kind === null) {
      kind = checkUploadType(filename, Buffer.concat(start))
      yield* start
    }
  }
}

export function tooLarge(limit: number): AppError {
  return new AppError('UPLOAD_TOO_LARGE', `The file is too large: at most ${limit.toLocaleString('en-US')} bytes are accepted.`)
}

function isFull(error: unknown): boolean {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  return code === 'ENOSPC' || code === 'EDQUOT'
}

function storageFull(cause: unknown): AppError {
  return new AppError('STORAGE_FULL', 'The disk of the server is full: nothing was stored. Free some space and upload again.', {
    cause,
  })
}
