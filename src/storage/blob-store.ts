import type { Readable } from 'node:stream'

/** A blob in a list. */
export interface BlobInfo {
  key: string
  bytes: number
  /** Time of storing in milliseconds since the Unix epoch, by the clock of the storage. */
  modified: number
}

/** Bytes of a blob, counted from 0; `end` is the first byte that is left out. A range may end after the blob. */
export interface ByteRange {
  start: number
  end: number
}

/**
 * Stores files by key: downloaded zips, uploads, compiled cells. A key is a relative path of plain parts
 * (`public/US5SAVCH/65.0.zip`). A folder and an S3 bucket implement it.
 *
 * Every method throws InvalidKeyError for a key that could lead outside the store.
 */
export interface BlobStore {
  /**
   * Stores the whole content or nothing: readers see the old blob or the new one, never a part, even after a crash. When `content` throws,
   * the old blob stays.
   * @returns the number of bytes written.
   */
  put(key: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<number>
  /** The content as a stream, or those bytes of it. @throws BlobMissingError */
  get(key: string, range?: ByteRange): Promise<Readable>
  /** The whole content, in memory that is the caller's own. @throws BlobMissingError */
  read(key: string): Promise<Buffer>
  /** Provides the blob as a local file while `work` runs, for random access. @throws BlobMissingError */
  withFile<T>(key: string, work: (path: string) => Promise<T>): Promise<T>
  /** Size in bytes; null when the blob does not exist. */
  size(key: string): Promise<number | null>
  /** @returns whether the blob existed. */
  delete(key: string): Promise<boolean>
  /** Lists the blobs whose key starts with the prefix (`''` for all, else ending in `/`), in no particular order. */
  list(prefix: string): AsyncIterable<BlobInfo>
  /** Deletes the files of interrupted writes that have not changed for this long. @returns the number of deleted files. */
  sweep(olderThanMilliseconds: number): Promise<number>
}

/** The storage has no blob with this key. */
export class BlobMissingError extends Error {
  override readonly name = 'BlobMissingError'
  constructor(key: string, cause?: unknown) {
    super(`the storage has no ${key}`, { cause })
  }
}

/** A key or prefix that could lead outside the store. */
export class InvalidKeyError extends Error {
  override readonly name = 'InvalidKeyError'
}
