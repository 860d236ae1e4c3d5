import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { CellFileEntry } from '#db/schema.ts'
import { type CellRow, upsertCell } from '../cells/upsert-cell.ts'
import type { CellSummary } from '../reading/cell-summary.ts'

// The outcome of an uploaded cell: its row in `cell`, which makes it visible, and its report in `upload_cell`.

/** An uploaded cell to make visible to its account. */
export interface AccountCellRow extends CellRow {
  accountId: number
  /** Uploads that its files come from, the newest last. */
  uploads: number[]
  /** Texts and pictures that its features name and that came with it. */
  files: CellFileEntry[]
}

/** The outcome of a cell in one upload. */
export interface CellResult {
  state: 'indexed' | 'waiting' | 'failed' | 'cancelled'
  summary: CellSummary | null
  encrypted: boolean | null
  decryptResult: string | null
  permitExpires: string | null
  warnings: string[]
  errors: string[]
  /** Whether it only timed out: a later try may succeed. */
  late?: boolean
}

/** Source of uploaded cells in the table `cell`. */
const UPLOAD_SOURCE = 'upload'

/** Makes a cell visible to its account; replaces the account's previous version. */
export async function upsertAccountCell(trx: Db, cell: AccountCellRow): Promise<void> {
  await upsertCell(trx, cell.accountId, cell, {
    source: UPLOAD_SOURCE,
    upload_id: cell.uploads.at(-1) ?? null,
    source_uploads: cell.uploads,
    files: JSON.stringify(cell.files),
  })
}

/** Removes a cell of an account. @returns whether it existed. */
export async function removeAccountCell(trx: Db, accountId: number, name: string): Promise<boolean> {
  const result = await trx.deleteFrom('cell').where('name', '=', name).where('account_id', '=', accountId).executeTakeFirst()
  return result.numDeletedRows > 0n
}

/** Edition and update of the account's visible cell, and the uploads behind it; null when there is none. */
export async function visibleVersion(
  db: Db,
  accountId: number,
  name: string,
): Promise<{ edition: number; update: number; uploads: number[] } | null> {
  const row = await db
    .selectFrom('cell')
    .select(['edition', 'update_number', 'source_uploads'])
    .where('name', '=', name)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row === undefined ? null : { edition: row.edition, update: row.update_number, uploads: row.source_uploads }
}

/** Writes the report on a cell of an upload. */
export async function reportCell(trx: Db, uploadId: number, name: string, result: CellResult): Promise<void> {
  const { summary } = result
  const [west, south, east, north] = summary?.box ?? [null, null, null, null]
  await trx
    .updateTable('upload_cell')
    .set({
      state: result.state,
      standard: summary?.standard ?? null,
      edition: summary?.edition ?? null,
      update_number: summary?.update ?? null,
      issue_date: summary?.issueDate ?? null,
      update_date: summary?.updateDate ?? null,
      usage_band: summary?.usageBand ?? null,
      compilation_scale: summary?.compilationScale ?? null,
      west,
      south,
      east,
      north,
      up_to_date: summary === null ? null : summary.stoppedBy === null,
      feature_count: summary?.featureCount ?? null,
      features_by_class: summary === null ? null : JSON.stringify(Object.fromEntries([...summary.featuresByClass].sort())),
      encrypted: result.encrypted,
      decrypt_result: result.decryptResult,
      permit_expires: result.permitExpires,
      warnings: JSON.stringify(result.warnings),
      errors: JSON.stringify(result.errors),
      indexed_at: sql<Date>`now()`,
    })
    .where('upload_id', '=', uploadId)
    .where('name', '=', name)
    .execute()
}

/** Marks a cell of an older upload as unusable after the upload it was based on has been deleted. */
export async function failCell(
  trx: Db,
  uploadId: number,
  name: string,
  message: string,
  state: 'failed' | 'waiting',
): Promise<void> {
  await sql`
    update upload_cell set state = ${state}, errors = ${JSON.stringify([message])}::jsonb where upload_id = ${uploadId} and name = ${name}
  `.execute(trx)
}

/**
 * What the catalogues of these uploads say about a cell: its title, and the S-57 cell that shows the same chart, each from the newest
 * catalogue that states it.
 */
export async function findListed(
  db: Db,
  uploads: readonly number[],
  name: string,
): Promise<{ title: string | null; twin: string | null }> {
  // uses upload_cell_pkey
  const { rows } = await sql<{ title: string | null; twin: string | null }>`
    select title, twin from upload_cell where upload_id = any(${uploads}::bigint[]) and name = ${name} order by upload_id desc
  `.execute(db)
  const first = (key: 'title' | 'twin') => rows.find((row) => row[key] !== null)?.[key] ?? null
  return { title: first('title'), twin: first('twin') }
}
