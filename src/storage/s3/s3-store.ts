import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { DeleteObjectCommand, GetObjectCommand, HeadBucketCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { checkKey, checkPrefix } from '../blob-key.ts'
import { BlobMissingError, type BlobStore, type ByteRange } from '../blob-store.ts'
import { StorageUnusableError } from '../storage-unusable.ts'
import { openFileCache } from './file-cache.ts'
import { abortHalfUploads, listObjects } from './list-objects.ts'
import { openResuming } from './resuming-stream.ts'
import { createS3Client, type S3ClientOptions } from './s3-client.ts'
import { explainFailure, isMissing } from './s3-errors.ts'
import type { S3Settings } from './s3-settings.ts'

export interface S3StoreOptions extends S3ClientOptions {
  settings: S3Settings
  /** Folder of the local copies, and how many bytes they may take. */
  cache: { folder: string; maximumBytes: number }
  /** Whether the content under this key never changes: then a local copy is read without asking the bucket. */
  isImmutable?(key: string): boolean
  /** Objects a page of a listing. */
  pageSize?: number
}

export interface S3Store extends BlobStore {
  /** Waits for the bucket. @throws StorageUnusableError with what to do. */
  check(): Promise<void>
  close(): void
}

/** Larger blobs travel in parts of this size, each of which is sent again when it fails. */
const PART_BYTES = 8 * 2 ** 20
/** Parts of one blob under way at once: with their size, the memory of an upload. */
const PARTS_AT_ONCE = 2
const BROKEN_ANSWERS = 8
const LONGEST_PAUSE = 5_000
const PAGE_SIZE = 1_000
const NEVER_CHANGES = 'immutable'

/** Keeps blobs as objects of an S3 bucket. An object becomes visible whole, when its last part has arrived. */
export async function openS3Store(options: S3StoreOptions): Promise<S3Store> {
  const { settings, isImmutable = () => false, pageSize = PAGE_SIZE } = options
  const client = createS3Client(settings, options)
  const cache = await openFileCache(options.cache.folder, options.cache.maximumBytes)
  const Bucket = settings.bucket
  const nameOf = (key: string) => settings.prefix + checkKey(key)

  async function head(key: string): Promise<{ bytes: number; etag: string } | null> {
    try {
      const { ContentLength, ETag } = await client.send(new HeadObjectCommand({ Bucket, Key: nameOf(key) }))
      return { bytes: ContentLength ?? 0, etag: ETag ?? '' }
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
  }

  const get = (key: string, range?: ByteRange) => openObject(client, Bucket, nameOf(key), key, range ?? null)

  return {
    put: async (key, content) => {
      const bytes = await upload(client, Bucket, nameOf(key), content)
      await cache.drop(key)
      return bytes
    },

    get,

    async read(key) {
      if (!isImmutable(key)) return Buffer.concat(await Array.fromAsync(await get(key)))
      const copy = await cache.read(key, NEVER_CHANGES)
      return (
        copy ??
        (await cache.use(
          key,
          NEVER_CHANGES,
          () => get(key),
          (file) => readFile(file),
        ))
      )
    },

    async withFile(key, work) {
      if (isImmutable(key)) return await cache.use(key, NEVER_CHANGES, () => get(key), work)
      const info = await head(key)
      if (info === null) throw new BlobMissingError(key)
      return await cache.use(key, info.etag, () => get(key), work)
    },

    size: async (key) => (await head(key))?.bytes ?? null,

    async delete(key) {
      // The service responds to the deletion of a missing object in the same way.
      const existed = (await head(key)) !== null
      if (existed) await client.send(new DeleteObjectCommand({ Bucket, Key: nameOf(key) }))
      await cache.drop(key)
      return existed
    },

    async *list(prefix) {
      const start = settings.prefix.length
      for await (const blob of listObjects(client, Bucket, settings.prefix + checkPrefix(prefix), pageSize))
        yield { ...blob, key: blob.key.slice(start) }
    },

    sweep: (olderThanMilliseconds) => abortHalfUploads(client, Bucket, settings.prefix, Date.now() - olderThanMilliseconds),

    async check() {
      try {
        await client.send(new HeadBucketCommand({ Bucket }))
      } catch (error) {
        throw error instanceof StorageUnusableError ? error : explainFailure(error, Bucket, settings.endpoint)
      }
    },

    close: () => client.destroy(),
  }
}

/** Sends the content in parts; when it throws, the parts sent so far are discarded and the old object stays. */
async function upload(
  client: S3Client,
  Bucket: string,
  Key: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<number> {
  let bytes = 0
  async function* counted(chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      bytes += chunk.byteLength
      yield chunk
    }
  }
  const isWhole = content instanceof Uint8Array
  const Body = isWhole ? content : Readable.from(counted(content), { objectMode: false })
  try {
    await new Upload({ client, params: { Bucket, Key, Body }, partSize: PART_BYTES, queueSize: PARTS_AT_ONCE }).done()
  } finally {
    if (!isWhole) (Body as Readable).destroy()
  }
  return isWhole ? content.byteLength : bytes
}

async function openObject(
  client: S3Client,
  Bucket: string,
  Key: string,
  key: string,
  range: ByteRange | null,
): Promise<Readable> {
  return await openResuming(range, {
    attempts: BROKEN_ANSWERS,
    pause: (attempt) => wait(Math.min(200 * 2 ** attempt, LONGEST_PAUSE)),
    async open(bytes, etag) {
      const Range = bytes === null ? undefined : `bytes=${bytes.start}-${bytes.end - 1}`
      try {
        const IfMatch = etag ?? undefined
        const answer = await client.send(new GetObjectCommand({ Bucket, Key, Range, IfMatch }))
        return { body: answer.Body as Readable, etag: answer.ETag ?? null, bytes: answer.ContentLength ?? 0 }
      } catch (error) {
        if (isMissing(error)) throw new BlobMissingError(key, error)
        throw error
      }
    },
  })
}
