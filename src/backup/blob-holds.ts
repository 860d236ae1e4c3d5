import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { chunks } from '#lib/chunks.ts'
import type { BlobStore } from '#storage/blob-store.ts'

// A backup names blobs by its snapshot of the database and copies them long after. Until then they must stay, so every deletion asks first.
// Under the lock no deletion falls between the backup's snapshot and its list of names.

const LOCK = 'chartroom backup holds'
/** How long a hold lasts unless it is renewed: the blobs of a killed backup are released after this. */
const HOLD_SECONDS = 120
const RENEW_MILLISECONDS = 30_000
const BATCH = 5_000

/** Blobs that are kept until `release`. */
export interface BlobHold {
  release(): Promise<void>
}

/**
 * Holds the blobs that `names` returns; a name that ends in `/` holds every blob under it. It is called while no blob is being deleted.
 *
 * @param id of the backup, a UUID.
 */
export async function holdBlobs(db: Db, id: string, names: () => Promise<readonly string[]>): Promise<BlobHold> {
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext(${LOCK}))`.execute(trx)
    await trx.deleteFrom('backup_run').where('held_until', '<', sql<Date>`now()`).execute()
    await sql`insert into backup_run (id, held_until) values (${id}, now() + make_interval(secs => ${HOLD_SECONDS}))`.execute(trx)
    for (const keys of chunks([...new Set(await names())], BATCH))
      await sql`insert into backup_hold (key, backup_id) select unnest(${keys}::text[]), ${id}::uuid`.execute(trx)
  })
  const renew = () =>
    sql`update backup_run set held_until = now() + make_interval(secs => ${HOLD_SECONDS}) where id = ${id}`.execute(db)
  // The next renewal makes up for a failed one. If a blob is still lost, the backup fails.
  const timer = setInterval(() => void renew().catch(() => undefined), RENEW_MILLISECONDS)
  return {
    async release() {
      clearInterval(timer)
      await db.deleteFrom('backup_run').where('id', '=', id).execute()
    },
  }
}

/** The same storage, but a blob that a backup holds is not deleted: a later sweep removes it. */
export function withBlobHolds(storage: BlobStore, db: Db): BlobStore {
  return {
    ...storage,
    delete: async (key) =>
      await db.transaction().execute(async (trx) => {
        await sql`select pg_advisory_xact_lock_shared(hashtext(${LOCK}))`.execute(trx)
        const held = await sql`
          select from backup_hold join backup_run on backup_run.id = backup_id
          where key = any(${[key, ...foldersOf(key)]}::text[]) and held_until > now() limit 1
        `.execute(trx)
        return held.rows.length === 0 && (await storage.delete(key))
      }),
  }
}

/** The prefixes of a key that end in `/`. */
function foldersOf(key: string): string[] {
  const parts = key.split('/').slice(0, -1)
  return parts.map((_, i) => `${parts.slice(0, i + 1).join('/')}/`)
}
