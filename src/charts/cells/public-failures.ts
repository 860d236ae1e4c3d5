import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { storableText } from '#lib/storable-text.ts'

// Statements on the table `failed_public_cell`: the last try of a public cell that failed, with the reason.

/** A public cell that could not be downloaded or indexed. */
export interface FailedTry {
  name: string
  /** The version that the catalogue lists. */
  version: { edition: number; update: number }
  /** For people. */
  reason: string
}

/** The last try of a public cell that failed. */
export interface PublicFailure {
  name: string
  /** Id of its source, such as `noaa`. */
  source: string
  edition: number
  update: number
  reason: string
  /** Milliseconds since the Unix epoch. */
  failedAt: number
}

/** Records why the last tries of cells of a source failed; replaces earlier records of the same cells. */
export async function recordFailures(trx: Db, source: string, failures: readonly FailedTry[]): Promise<void> {
  if (failures.length === 0) return
  const rows = failures.map(({ name, version, reason }) => ({
    name,
    edition: version.edition,
    update_number: version.update,
    reason: storableText(reason),
  }))
  await sql`
    insert into failed_public_cell (name, source, edition, update_number, reason)
    select name, ${source}, edition, update_number, reason
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as failed (name text, edition integer, update_number integer, reason text)
    on conflict (name) do update set source = excluded.source, edition = excluded.edition,
      update_number = excluded.update_number, reason = excluded.reason, failed_at = now()
  `.execute(trx)
}

/** Forgets the failed try of a public cell: it has been indexed, or removed. */
export async function forgetFailure(trx: Db, name: string): Promise<void> {
  await trx.deleteFrom('failed_public_cell').where('name', '=', name).execute()
}

/** Forgets the failed tries of a source except those of the named cells: the catalogue no longer asks for the others. */
export async function forgetOtherFailures(trx: Db, source: string, names: readonly string[]): Promise<void> {
  await sql`delete from failed_public_cell where source = ${source} and name <> all(${names}::text[])`.execute(trx)
}

/** A page of the failed last tries of public cells, by name, with the total. */
export async function listPublicFailures(
  db: Db,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ failures: PublicFailure[]; total: number }> {
  const rows = await db.selectFrom('failed_public_cell').selectAll().orderBy('name').limit(limit).offset(offset).execute()
  const count = await sql<{ total: number }>`select count(*)::int as total from failed_public_cell`.execute(db)
  const failures = rows.map((row) => ({
    name: row.name,
    source: row.source,
    edition: row.edition,
    update: row.update_number,
    reason: row.reason,
    failedAt: row.failed_at.getTime(),
  }))
  return { failures, total: count.rows[0]?.total ?? 0 }
}
