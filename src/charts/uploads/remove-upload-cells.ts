import { sql } from 'kysely'
import type { Db } from '#db/database.ts'

/** What `removeUnsharedCells` did with some cells. */
export interface RemovedCells {
  /** The number of visible cells that were removed. */
  removed: number
  /** Names of cells of which other uploads have files too: these may have to be restored. */
  shared: string[]
}

/**
 * Removes those cells of a deleted upload of which no other upload has files. Locks the cells as `lockCell` does, so that an upload
 * of the same cells that runs meanwhile is seen or waits.
 *
 * @param trx a transaction of its own. @param names sorted, so that two deletions lock in one order.
 */
export async function removeUnsharedCells(
  trx: Db,
  upload: { id: number; accountId: number },
  names: readonly string[],
): Promise<RemovedCells> {
  const { id, accountId } = upload
  await sql`
    select pg_advisory_xact_lock(hashtextextended('cell/' || ${accountId}::text || '/' || name, 0))
    from unnest(${names}::text[]) with ordinality as wanted (name, place) order by place
  `.execute(trx)
  // uses upload_cell_name
  const others = await sql<{ name: string }>`
    select distinct part.name from upload_cell part
    join upload on upload.id = part.upload_id and upload.deleted_at is null
    where part.account_id = ${accountId} and part.name = any(${names}::text[]) and part.state in ('indexed', 'cancelled')
  `.execute(trx)
  const shared = new Set(others.rows.map((row) => row.name))
  const unshared = names.filter((name) => !shared.has(name))
  const result = await sql`
    delete from cell where account_id = ${accountId} and name = any(${unshared}::text[]) and ${id}::bigint = any(source_uploads)
  `.execute(trx)
  return { removed: Number(result.numAffectedRows ?? 0), shared: [...shared].sort() }
}
