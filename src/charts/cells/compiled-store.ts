import { sql } from 'kysely'
import { COMPILED_VERSION } from '#compiled/format/compiled-format.ts'
import { COMPILED_PREFIX } from '#compiled/format/compiled-keys.ts'
import type { Db } from '#db/database.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import type { CompiledBytes } from '../reading/compile-cell-files.ts'

// Compiled cells as files of the storage. They never change and are named by their content, so a crash can only leave a file
// that no cell names; the sweep finds it. How writer and sweep keep out of each other's way: both take the row of
// `unused_compiled` first, and the file is written or deleted while they hold it.

/**
 * Stores a compiled cell within the transaction whose row names it, so that no row ever names a file that is not there. May run
 * again after a serialisation failure.
 */
export async function storeCompiled(trx: Db, storage: BlobStore, { key, bytes }: CompiledBytes): Promise<void> {
  // Waits for a sweep that is just deleting this very file, and tells the next one to leave it.
  await trx.deleteFrom('unused_compiled').where('key', '=', key).execute()
  if ((await storage.size(key)) !== bytes.length) await storage.put(key, bytes)
}

export interface Swept {
  files: number
  bytes: number
}

/** How long a compiled cell stays after the last cell that named it: for requests that have just read its name. */
export const UNUSED_MILLISECONDS = 60 * 60_000

/**
 * Deletes the compiled cells that no cell has named for a while. What is unused now is only written down, and goes at a later
 * sweep, when the while has passed. Safe at any time, also beside indexing and other sweeps.
 */
export async function sweepCompiled(
  db: Db,
  storage: BlobStore,
  signal: AbortSignal,
  unusedMilliseconds = UNUSED_MILLISECONDS,
): Promise<Swept> {
  const swept: Swept = { files: 0, bytes: 0 }
  const stored = new Map<string, number>()
  for await (const { key, bytes } of storage.list(COMPILED_PREFIX)) stored.set(key, bytes)
  // A few thousand short rows at most; uses no index because it wants the whole column.
  const rows = await db.selectFrom('cell').select('compiled_key').where('compiled_key', 'is not', null).execute()
  const named = new Set(rows.map((row) => row.compiled_key))
  const unused = [...stored.keys()].filter((key) => !named.has(key))
  for (let at = 0; at < unused.length; at += 1_000) {
    const keys = unused.slice(at, at + 1_000)
    await sql`insert into unused_compiled (key) select unnest(${keys}::text[]) on conflict do nothing`.execute(db)
  }
  const due = await db
    .selectFrom('unused_compiled')
    .select('key')
    .where('since', '<=', sql<Date>`now() - make_interval(secs => ${unusedMilliseconds / 1_000})`)
    .orderBy('key')
    .execute()
  for (const { key } of due) {
    signal.throwIfAborted()
    await db.transaction().execute(async (trx) => {
      const taken = await trx.deleteFrom('unused_compiled').where('key', '=', key).executeTakeFirst()
      // Somebody else has it, or it is named again (index cell_compiled): then the note was out of date.
      if (taken.numDeletedRows === 0n) return
      const user = await trx.selectFrom('cell').select('id').where('compiled_key', '=', key).limit(1).executeTakeFirst()
      if (user !== undefined || !(await storage.delete(key))) return
      swept.files++
      swept.bytes += stored.get(key) ?? 0
    })
  }
  return swept
}

export interface CellToCompile {
  id: string
  name: string
  accountId: number | null
  blobKey: string
}

/** Cells without a compiled form of this version: indexed by an earlier Chartroom, or reported as damaged. */
export async function listCellsToCompile(db: Db): Promise<CellToCompile[]> {
  const rows = await db
    .selectFrom('cell')
    .select(['id', 'name', 'account_id', 'blob_key'])
    .where('compiled_version', 'is distinct from', COMPILED_VERSION)
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ id: row.id, name: row.name, accountId: row.account_id, blobKey: row.blob_key }))
}

/**
 * Makes the compiled form of a cell the one to use, unless the cell has been indexed anew meanwhile (another `blobKey`).
 *
 * @returns whether it was.
 */
export async function setCompiled(trx: Db, storage: BlobStore, cell: CellToCompile, compiled: CompiledBytes): Promise<boolean> {
  await storeCompiled(trx, storage, compiled)
  const result = await trx
    .updateTable('cell')
    .set({ compiled_key: compiled.key, compiled_version: compiled.version })
    .where('id', '=', cell.id)
    .where('blob_key', '=', cell.blobKey)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/**
 * Notes that a compiled cell cannot be used (index cell_compiled), so that the next `recompile-cells` makes it anew. The damaged file
 * is deleted: its name promises a content that it does not have, and nobody would write it again while it lies there.
 *
 * @returns whether any cell still names it.
 */
export async function forgetCompiled(db: Db, storage: BlobStore, key: string): Promise<boolean> {
  const result = await db.updateTable('cell').set({ compiled_version: null }).where('compiled_key', '=', key).executeTakeFirst()
  if (result.numUpdatedRows > 0n) await storage.delete(key)
  return result.numUpdatedRows > 0n
}
