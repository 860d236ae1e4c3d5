import { type Insertable, sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { CellTable } from '#db/schema.ts'
import { newId } from '#lib/ids.ts'
import type { CellSummary } from '../reading/cell-summary.ts'
import { coverageBytes, packCoverage } from './packed-coverage.ts'

/** What every row of the table `cell` holds, wherever the cell comes from. */
export interface CellRow {
  summary: CellSummary
  title: string | null
  /** The S-57 cell that is the same chart, for a cell of S-101. */
  twin?: string | null
  /** Storage key and size of the file that it was read from. */
  blobKey: string
  byteSize: number
  /** Storage key and version of its compiled form. */
  compiled: { key: string; version: number }
}

/** Columns that only public cells fill, or only uploaded ones. */
type Provenance = Pick<
  Insertable<CellTable>,
  | 'source'
  | 'catalogue_edition'
  | 'catalogue_update'
  | 'catalogue_update_date'
  | 'catalogue_issue_date'
  | 'upload_id'
  | 'source_uploads'
  | 'files'
>

/** Makes a cell visible; replaces the one of the same name and account (unique index cell_name). A public cell has no account. */
export async function upsertCell(trx: Db, accountId: number | null, cell: CellRow, provenance: Provenance): Promise<void> {
  const values = { ...provenance, ...commonValues(cell) }
  await trx
    .insertInto('cell')
    .values({ id: newId(), name: cell.summary.name, account_id: accountId, ...values })
    .onConflict((conflict) =>
      conflict.expression(sql`name, coalesce(account_id, 0)`).doUpdateSet({ ...values, indexed_at: sql<Date>`now()` }),
    )
    .execute()
}

/** The columns that do not depend on where the cell comes from. */
export function commonValues(cell: CellRow) {
  const { summary } = cell
  const [west, south, east, north] = summary.box
  return {
    standard: summary.standard,
    edition: summary.edition,
    update_number: summary.update,
    issue_date: summary.issueDate,
    update_date: summary.updateDate,
    producer: summary.producer,
    usage_band: summary.usageBand,
    compilation_scale: summary.compilationScale,
    title: cell.title,
    twin: cell.twin ?? null,
    coverage: JSON.stringify(summary.coverage),
    outline: coverageBytes(packCoverage(summary.coverage.coordinates)),
    west,
    south,
    east,
    north,
    overlay: summary.overlay,
    up_to_date: summary.stoppedBy === null,
    feature_count: summary.featureCount,
    features_by_class: JSON.stringify(Object.fromEntries([...summary.featuresByClass].sort())),
    warnings: JSON.stringify(summary.warnings),
    blob_key: cell.blobKey,
    byte_size: cell.byteSize,
    compiled_key: cell.compiled.key,
    compiled_version: cell.compiled.version,
  }
}
