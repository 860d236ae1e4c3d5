import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { CellFileEntry } from '#db/schema.ts'
import { newId } from '#lib/ids.ts'
import type { CatalogueVersion } from '../catalogue/catalogue-version.ts'
import { type CellRow, commonValues } from './upsert-cell.ts'

/** A public cell to make visible. */
export interface PublicCellRow extends CellRow {
  source: string
  catalogue: CatalogueVersion
  /** Names of texts and pictures that its features name and its zip contains. */
  texts: readonly string[]
}

/** The columns that are written, with their types. */
const TYPES = {
  ...{ id: 'uuid', name: 'text', source: 'text', standard: 'text', edition: 'integer', update_number: 'integer' },
  ...{ issue_date: 'date', update_date: 'date', producer: 'integer', usage_band: 'smallint', compilation_scale: 'integer' },
  ...{ title: 'text', twin: 'text', coverage: 'jsonb', outline: 'bytea', overlay: 'boolean', up_to_date: 'boolean' },
  ...{ west: 'float8', south: 'float8', east: 'float8', north: 'float8', feature_count: 'integer' },
  ...{ features_by_class: 'jsonb', warnings: 'jsonb', files: 'jsonb', blob_key: 'text', byte_size: 'bigint' },
  ...{ compiled_key: 'text', compiled_version: 'integer', catalogue_edition: 'integer', catalogue_update: 'integer' },
  ...{ catalogue_update_date: 'date', catalogue_issue_date: 'date' },
} as const

type Column = keyof typeof TYPES

const COLUMNS = Object.keys(TYPES) as Column[]
const LIST = sql.join(COLUMNS.map((column) => sql.ref(column)))
const NEW_VALUES = sql.join(
  COLUMNS.filter((column) => column !== 'id' && column !== 'name').map(
    (column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`,
  ),
)

/**
 * Makes public cells visible in one statement, and forgets their failed tries; replaces public cells of the same names (unique index
 * cell_name). No name may occur twice.
 */
export async function upsertPublicCells(trx: Db, cells: readonly PublicCellRow[]): Promise<void> {
  const rows = cells.map(valuesOf)
  const arrays = COLUMNS.map((column) => sql`${rows.map((row) => row[column])}::${sql.raw(TYPES[column])}[]`)
  await sql`
    with forgotten as (delete from failed_public_cell where name = any(${rows.map(({ name }) => name)}::text[]))
    insert into cell (${LIST}) select * from unnest(${sql.join(arrays)})
    on conflict (name, coalesce(account_id, 0)) do update set ${NEW_VALUES}, indexed_at = now()
  `.execute(trx)
}

function valuesOf(cell: PublicCellRow): Record<Column, unknown> & { name: string } {
  return {
    id: newId(),
    name: cell.summary.name,
    source: cell.source,
    ...commonValues(cell),
    catalogue_edition: cell.catalogue.edition,
    catalogue_update: cell.catalogue.update,
    catalogue_update_date: cell.catalogue.updateDate,
    catalogue_issue_date: cell.catalogue.issueDate,
    files: JSON.stringify(cell.texts.map((name): CellFileEntry => ({ name, file: null }))),
  }
}
