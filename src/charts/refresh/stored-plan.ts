import { PermanentError } from '#lib/errors.ts'
import { BlobMissingError, type BlobStore } from '#storage/blob-store.ts'
import type { ChangedCell } from './plan-refresh.ts'

/** What a refresh has found to do, kept in the storage between its steps and for its child jobs. */
export interface StoredPlan {
  changed: ChangedCell[]
  /** Names of cells to remove. */
  cancelled: string[]
  withdrawn: string[]
  /** Names of changed cells whose zip could not be had. */
  failedDownloads: string[]
}

/** @throws PermanentError when it is not there: a later refresh, which makes a plan of its own, deletes the earlier ones. */
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
