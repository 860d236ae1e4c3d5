import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { AppError } from '#lib/errors.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { UPLOAD_PREFIX } from './receive-upload.ts'

// The file of an upload is stored before the row that names it, so a crash in between leaves a file that no row names. Recording
// and sweeping exclude each other, also between processes: each locks the file's key until the end of its transaction.

/** Age from which an unrecorded file counts as left behind: recording takes moments, unless the database is unreachable. */
const UNRECORDED_MILLISECONDS = 60 * 60_000

/**
 * Protects an upload's file from sweeps until the end of the transaction that records it.
 *
 * @throws AppError UPLOAD_INCOMPLETE (400) when a sweep has already deleted the file.
 */
export async function lockUploadFile(trx: Db, storage: BlobStore, blobKey: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${blobKey}, 0))`.execute(trx)
  if ((await storage.size(blobKey)) !== null) return
  throw new AppError('UPLOAD_INCOMPLETE', 'The upload could not be recorded in time and its file is gone. Upload it again.')
}

/**
 * Deletes what crashed uploads left behind: old files that no upload names, and old half-written ones. Safe at any time, also
 * during uploads and other sweeps.
 *
 * @returns the number of deleted files. @throws the signal's reason when it aborts.
 */
export async function sweepUploads(
  db: Db,
  storage: BlobStore,
  clock: Clock,
  signal: AbortSignal,
  olderThanMilliseconds = UNRECORDED_MILLISECONDS,
): Promise<number> {
  let removed = await storage.sweep(olderThanMilliseconds)
  const before = clock.now() - olderThanMilliseconds
  const old: string[] = []
  for await (const { key, modified } of storage.list(UPLOAD_PREFIX)) if (modified < before) old.push(key)
  if (old.length === 0) return removed
  // One short row per upload; uses no index because it reads the whole column.
  const rows = await db.selectFrom('upload').select('blob_key').execute()
  const named = new Set(rows.map((row) => row.blob_key))
  for (const key of old) {
    signal.throwIfAborted()
    if (!named.has(key) && (await removeUnnamed(db, storage, key))) removed++
  }
  return removed
}

async function removeUnnamed(db: Db, storage: BlobStore, key: string): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    const lock = await sql<{ locked: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended(${key}, 0)) as locked
    `.execute(trx)
    // Someone is recording it, or another sweep is deleting it.
    if (lock.rows[0]?.locked !== true) return false
    const row = await trx.selectFrom('upload').select('id').where('blob_key', '=', key).executeTakeFirst()
    return row === undefined && (await storage.delete(key))
  })
}
