import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { AppError } from '#lib/errors.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { UPLOAD_PREFIX } from './receive-upload.ts'

// A file of an upload is stored before the row that names it, so a crash in between leaves a file that nothing names. How recording
// and sweeping keep out of each other's way, in one process or in many: both lock the file's key first, until the end of their
// transaction, and then look.

/** How long a file must have been without a row: recording an upload takes a moment, unless the database is away. */
export const UNRECORDED_MILLISECONDS = 60 * 60_000

/**
 * Holds an upload's file until the end of the transaction that records it.
 *
 * @throws AppError UPLOAD_INCOMPLETE (400) when the sweep has taken the file: recording it came much too late.
 */
export async function lockUploadFile(trx: Db, storage: BlobStore, blobKey: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${blobKey}, 0))`.execute(trx)
  if ((await storage.size(blobKey)) !== null) return
  throw new AppError('UPLOAD_INCOMPLETE', 400, 'The upload could not be recorded in time and its file is gone. Upload it again.')
}

/**
 * Deletes what crashed uploads have left: files that no upload names and half-written ones, both unless they are new. Safe at any
 * time, beside uploads and other sweeps.
 *
 * @returns how many files went.
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
  // As many short rows as there are uploads; uses no index because it wants the whole column.
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
    // Whoever holds it is just recording it, or sweeping it too.
    if (lock.rows[0]?.locked !== true) return false
    const row = await trx.selectFrom('upload').select('id').where('blob_key', '=', key).executeTakeFirst()
    return row === undefined && (await storage.delete(key))
  })
}
