import { PermanentError } from '#lib/errors.ts'
import { BlobMissingError, type BlobStore } from '#storage/blob-store.ts'
import type { ChangedCell } from './plan-refresh.ts'

/** The plan of a refresh, stored for its index step and its child jobs. */
export interface StoredPlan {
  changed: ChangedCell[]
  /** Names of cells to remove because the catalogue cancels them, or no longer lists them. */
  cancelled: string[]
  withdrawn: string[]
  /** Names of changed cells whose zip could not be downloaded. */
  failedDownloads: string[]
}

/** @throws PermanentError when the plan is gone: each refresh deletes the plans of earlier ones. */
export async function readPlan(storage: BlobStore, key: string): Promise<StoredPlan> {
  try {
    return JSON.parse((await storage.read(key)).toString())
  } catch (error) {
    if (!(error instanceof BlobMissingError)) throw error
    throw new PermanentError(
      'the plan of this refresh is not in the storage (a later refresh deletes it, and servers that share a database must share their storage): start a new refresh',
    )
  }
}
