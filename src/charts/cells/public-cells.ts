import type { Db } from '#db/database.ts'
import type { CatalogueVersion } from '../catalogue/catalogue-version.ts'
import { forgetFailure } from './public-failures.ts'

// Statements on the public rows of the table `cell`: those without an account, from a source such as 'noaa'.

/** What a refresh compares of a public cell's row with the catalogue. */
export interface PublicCellVersion {
  name: string
  edition: number
  update: number
  /** Edition, update and dates of its catalogue entry when the cell was indexed; null when a refresh has to fetch it again. */
  catalogue: CatalogueVersion | null
  /** False when one of its updates is missing or could not be applied. */
  upToDate: boolean
  blobKey: string
}

/** Every public cell of a source, by name. A few thousand short rows; uses no index because it reads the whole table. */
export async function listPublicCells(db: Db, source: string): Promise<PublicCellVersion[]> {
  const rows = await db
    .selectFrom('cell')
    .select(['name', 'edition', 'update_number', 'up_to_date', 'blob_key'])
    .select(['catalogue_edition', 'catalogue_update', 'catalogue_update_date', 'catalogue_issue_date'])
    .where('account_id', 'is', null)
    .where('source', '=', source)
    .orderBy('name')
    .execute()
  return rows.map((row) => ({
    name: row.name,
    edition: row.edition,
    update: row.update_number,
    upToDate: row.up_to_date,
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

/** Clears the catalogue version of a public cell whose zip is gone, so that the next refresh counts it as changed and fetches it. */
export async function forgetCatalogueVersion(trx: Db, id: string): Promise<void> {
  await trx
    .updateTable('cell')
    .set({ catalogue_edition: null, catalogue_update: null })
    .where('id', '=', id)
    .where('account_id', 'is', null)
    .execute()
}

/** Edition and update of a visible public cell; null when there is none. */
export async function publicVersion(db: Db, source: string, name: string): Promise<{ edition: number; update: number } | null> {
  const row = await db
    .selectFrom('cell')
    .select(['edition', 'update_number as update'])
    .where('name', '=', name)
    .where('account_id', 'is', null)
    .where('source', '=', source)
    .executeTakeFirst()
  return row ?? null
}

/** @returns whether the cell existed. */
export async function removePublicCell(trx: Db, source: string, name: string): Promise<boolean> {
  await forgetFailure(trx, name)
  const result = await trx
    .deleteFrom('cell')
    .where('name', '=', name)
    .where('account_id', 'is', null)
    .where('source', '=', source)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

/** Whether a statement failed because of its values (SQLSTATE 22 data exception, 23 constraint) and not because of the database. */
export function isDataError(error: unknown): boolean {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined
  return typeof code === 'string' && /^2[23]/.test(code)
}
