import path from 'node:path'
import { withBlobHolds } from '#backup/blob-holds.ts'
import { COMPILED_PREFIX } from '#compiled/format/compiled-keys.ts'
import type { Config } from '#config/config.ts'
import type { Db } from '#db/database.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { createFolderStore } from '#storage/folder-store.ts'

/**
 * Opens the storage of blobs: the bucket where one is configured, else a folder of the data directory.
 *
 * @throws StorageUnusableError when the bucket cannot be used, with what to do.
 */
export async function openStorage(config: Config, closing: AsyncDisposableStack): Promise<BlobStore> {
  const { s3, dataDir, role } = config
  if (s3 === null) return createFolderStore(path.join(dataDir, 'blobs'))
  const { cacheBytes, ...settings } = s3
  // Loaded only here: the client takes memory that servers without a bucket can save.
  const { openS3Store } = await import('#storage/s3/s3-store.ts')
  const store = await openS3Store({
    settings,
    cache: { folder: path.join(dataDir, 'cache', role), maximumBytes: cacheBytes },
    isImmutable: (key) => key.startsWith(COMPILED_PREFIX),
  })
  closing.defer(() => store.close())
  await store.check()
  return store
}

/** The storage of a server: it deletes no blob that a backup is about to copy. */
export async function composeStorage(config: Config, db: Db, closing: AsyncDisposableStack): Promise<BlobStore> {
  return withBlobHolds(await openStorage(config, closing), db)
}
