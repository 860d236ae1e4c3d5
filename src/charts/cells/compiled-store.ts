import { sql } from 'kysely'
import { COMPILED_VERSION } from '#compiled/format/compiled-format.ts'
import { COMPILED_PREFIX } from '#compiled/format/compiled-keys.ts'
import type { Db } from '#db/database.ts'
import { chunks } from '#lib/chunks.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import type { CellSummary } from '../reading/cell-summary.ts'
import type { CompiledBytes } from '../reading/compile-cell-files.ts'
import { coverageBytes, packCoverage } from './packed-coverage.ts'

// Compiled cells are files of the storage. They never change and their key names their content, so a crash can only leave a file
// that no cell names; the sweep deletes it. Writers and sweeps exclude each other: both lock the file's row of `unused_compiled`
// before they write or delete the file.

/**
 * Stores compiled cells in the transaction that writes the rows naming them, so that no row ever names a missing file. Repeatable
 * after a serialisation failure.
 */
export async function storeCompiled(trx: Db, storage: BlobStore, ...cells: readonly CompiledBytes[]): Promise<void> {
  const keys = cells.map(({ key }) => key)
  // Waits for a sweep that is deleting one of these files, and makes the next sweep keep them. Locks in one order.
  await sql`
    delete from unused_compiled
    where key in (select key from unused_compiled where key = any(${keys}::text[]) order by key for update)
  `.execute(trx)
  // Waits for every write, so that none goes on after the transaction has ended.
  const writes = await Promise.allSettled(
    cells.map(async ({ key, bytes }) => {
      if (!(await holds(storage, key, bytes))) await storage.put(key, bytes)
    }),
  )
  for (const write of writes) if (write.status === 'rejected') throw write.reason
}

/** Whether the storage has exactly this content: a damaged file may have the right size. */
async function holds(storage: BlobStore, key: string, bytes: Uint8Array): Promise<boolean> {
  if ((await storage.size(key)) !== bytes.length) return false
  return Buffer.compare(await storage.read(key), bytes) === 0
}

/** How much a sweep deleted. */
export interface Swept {
  files: number
  bytes: number
}

/** How long a compiled cell stays after the last cell stopped naming it: for requests that have just read its key. */
const UNUSED_MILLISECONDS = 60 * 60_000

/**
 * Deletes the compiled cells that no cell has named for `unusedMilliseconds`. A newly unused file is only recorded; a later sweep
 * deletes it. Safe at any time, also during indexing and other sweeps.
 *
 * @throws the signal's reason when it aborts.
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
  // A few thousand short rows at most; uses no index because it reads the whole column.
  const rows = await db.selectFrom('cell').select('compiled_key').where('compiled_key', 'is not', null).execute()
  const named = new Set(rows.map((row) => row.compiled_key))
  const unused = [...stored.keys()].filter((key) => !named.has(key))
  for (const keys of chunks(unused, 1_000)) {
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
      // Another sweep deleted it, or a cell names it again (index cell_compiled).
      if (taken.numDeletedRows === 0n) return
      const user = await trx.selectFrom('cell').select('id').where('compiled_key', '=', key).limit(1).executeTakeFirst()
      if (user !== undefined || !(await storage.delete(key))) return
      swept.files++
      swept.bytes += stored.get(key) ?? 0
    })
  }
  return swept
}

/**
 * Removes a batch of an account's cells. Their compiled forms become due at once: no token of a deleted account can ask for them any more.
 *
 * @param trx a transaction of its own. @returns how many cells there were, at most `size`.
 */
export async function removeAccountCells(trx: Db, accountId: number, size: number): Promise<number> {
  // uses cell_account
  const removed = await sql<{ compiled_key: string | null }>`
    delete from cell where id in (select id from cell where account_id = ${accountId} order by name limit ${size} for update)
    returning compiled_key
  `.execute(trx)
  const keys = removed.rows.flatMap(({ compiled_key }) => (compiled_key === null ? [] : [compiled_key]))
  await sql`
    insert into unused_compiled (key, since) select distinct key, 'epoch'::timestamptz from unnest(${keys}::text[]) as key order by key
    on conflict (key) do update set since = excluded.since
  `.execute(trx)
  return removed.rows.length
}

/** The row of a cell that needs a compiled form. */
export interface CellToCompile {
  id: string
  name: string
  accountId: number | null
  blobKey: string
}

/** Cells without a compiled form of this version: an earlier Chartroom indexed them, or their compiled form was damaged. */
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

/** What compiling a cell again yields. */
export interface RecompiledCell {
  compiled: CompiledBytes
  coverage: CellSummary['coverage']
}

/**
 * Makes the row of a cell name its new compiled form, unless the cell has been indexed again meanwhile (another `blobKey`).
 *
 * @returns whether the row names it.
 */
export async function setCompiled(trx: Db, storage: BlobStore, cell: CellToCompile, read: RecompiledCell): Promise<boolean> {
  const { compiled, coverage } = read
  await storeCompiled(trx, storage, compiled)
  const outline = coverageBytes(packCoverage(coverage.coordinates))
  const result = await trx
    .updateTable('cell')
    .set({ compiled_key: compiled.key, compiled_version: compiled.version, outline })
    .where('id', '=', cell.id)
    .where('blob_key', '=', cell.blobKey)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/**
 * Marks the cells that name a damaged compiled form (index cell_compiled), so that the next `recompile-cells` compiles them again.
 * The file stays until `storeCompiled` replaces it.
 *
 * @returns whether any cell names it.
 */
export async function forgetCompiled(db: Db, key: string): Promise<boolean> {
  const result = await db.updateTable('cell').set({ compiled_version: null }).where('compiled_key', '=', key).executeTakeFirst()
  return result.numUpdatedRows > 0n
}
