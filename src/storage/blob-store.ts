import type { Readable } from 'node:stream'

export interface BlobInfo {
  key: string
  bytes: number
  /** When it was stored, milliseconds since the Unix epoch, by the clock of the storage. */
  modified: number
}

/**
 * Files by name: downloaded zips, uploads, the tile cache. A key is a relative path of plain parts (`public/US5SAVCH/65.0.zip`).
 * The seam is narrow on purpose, so that an object store can stand behind it.
 *
 * Every method throws InvalidKeyError for a key that could lead outside the store.
 */
export interface BlobStore {
  /**
   * Stores the whole content or nothing: readers see the old blob or the new one, never a half, also after a crash.
   * When `content` throws, what was stored under the key before stays.
   *
   * @returns the number of bytes written.
   */
  put(key: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<number>
  /** The content as a stream. @throws BlobMissingError */
  get(key: string): Promise<Readable>
  /** The whole content. @throws BlobMissingError */
  read(key: string): Promise<Buffer>
  /** Lends the blob as a local file for as long as `work` runs, for readers that need random access. @throws BlobMissingError */
  withFile<T>(key: string, work: (path: string) => Promise<T>): Promise<T>
  /** Size in bytes, or null when there is no such blob. */
  size(key: string): Promise<number | null>
  /** @returns whether there was such a blob. */
  delete(key: string): Promise<boolean>
  /** Every blob whose key starts with the prefix (`''` for all, else ending in `/`), in no particular order. */
  list(prefix: string): AsyncIterable<BlobInfo>
  /** Removes what interrupted writes left behind and nobody has written to for this long. @returns how many files went. */
  sweep(olderThanMilliseconds: number): Promise<number>
}

export class BlobMissingError extends Error {
  override readonly name = 'BlobMissingError'
  constructor(key: string, cause?: unknown) {
    super(`the storage holds no ${key}`, { cause })
  }
}

export class InvalidKeyError extends Error {
  override readonly name = 'InvalidKeyError'
}
