import type { Db } from '#db/database.ts'
import type { CellFileEntry } from '#db/schema.ts'
import type { CatalogueVersion } from '../catalogue/catalogue-version.ts'
import { type CellRow, upsertCell } from './upsert-cell.ts'

// Statements on the table `cell`. A public cell has no account and comes from a source such as 'noaa'.

export interface PublicCellVersion {
  name: string
  edition: number
  update: number
  /** Edition, update and dates as the catalogue gave them when the cell was indexed; null for a cell that was uploaded. */
  catalogue: CatalogueVersion | null
  blobKey: string
}

export interface PublicCellRow extends CellRow {
  source: string
  catalogue: CatalogueVersion
  /** Texts and pictures in its zip that its features name. */
  texts: readonly string[]
}

/** Every public cell of a source. A few thousand short rows; uses no index because it wants the whole table. */
export async function listPublicCells(db: Db, source: string): Promise<PublicCellVersion[]> {
  const rows = await db
    .selectFrom('cell')
    .select(['name', 'edition', 'update_number', 'blob_key'])
    .select(['catalogue_edition', 'catalogue_update', 'catalogue_update_date', 'catalogue_issue_date'])
    .where('account_id', 'is', null)
    .where('source', '=', source)
    .orderBy('name')
    .execute()
  return rows.map((row) => ({
    name: row.name,
    edition: row.edition,
    update: row.update_number,
    catalogue:
      row.catalogue_edition === null || row.catalogue_update === null
        ? null
        : {
            edition: row.catalogue_edition,
            update: row.catalogue_update,
            updateDate: row.catalogue_update_date,
            issueDate: row.catalogue_issue_date,
          },
    blobKey: row.blob_key,
  }))
}

/** Makes a public cell visible, in place of the one of the same name if there is one. */
export async function upsertPublicCell(trx: Db, cell: PublicCellRow): Promise<void> {
  await upsertCell(trx, null, cell, {
    source: cell.source,
    catalogue_edition: cell.catalogue.edition,
    catalogue_update: cell.catalogue.update,
    catalogue_update_date: cell.catalogue.updateDate,
    catalogue_issue_date: cell.catalogue.issueDate,
    files: JSON.stringify(cell.texts.map((name): CellFileEntry => ({ name, file: null }))),
  })
}

/**
 * Forgets which catalogue entry a public cell came from, so that the next refresh takes it for changed and fetches it again: for
 * one whose zip is gone.
 */
export async function forgetCatalogueVersion(trx: Db, id: string): Promise<void> {
  await trx
    .updateTable('cell')
    .set({ catalogue_edition: null, catalogue_update: null })
    .where('id', '=', id)
    .where('account_id', 'is', null)
    .execute()
}

/** @returns whether there was such a cell. */
export async function removePublicCell(trx: Db, source: string, name: string): Promise<boolean> {
  const result = await trx
    .deleteFrom('cell')
    .where('name', '=', name)
    .where('account_id', 'is', null)
    .where('source', '=', source)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

/** True when a statement failed because of what it was given (SQLSTATE 22 data exception, 23 constraint), not of the database. */
export function isDataError(error: unknown): boolean {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined
  return typeof code === 'string' && /^2[23]/.test(code)
}
