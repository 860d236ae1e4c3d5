import type { CatalogueVersion } from '../catalogue/catalogue-version.ts'
import type { CellSummary } from '../reading/cell-summary.ts'

/** What was read is not what the catalogue announced. */
export class CellMismatchError extends Error {
  override readonly name = 'CellMismatchError'
}

/**
 * Compares a cell that was read with its catalogue entry. Older than announced is an error: indexing it would pass a stale
 * chart off as current, and nobody would fetch the right one until the next change. Newer is accepted with a warning (the zip
 * was rebuilt after the catalogue; the next refresh sees the catalogue change and reads the cell again). Dates do not change
 * what the chart shows, so a difference is only a warning.
 *
 * @returns warnings.
 * @throws CellMismatchError
 */
export function checkSummary(name: string, announced: CatalogueVersion, read: CellSummary): string[] {
  if (read.name !== name) throw new CellMismatchError(`the zip of ${name} holds the cell ${read.name}`)
  const wanted = `edition ${announced.edition}, update ${announced.update}`
  const got = `edition ${read.edition}, update ${read.update}`
  const older = read.edition < announced.edition || (read.edition === announced.edition && read.update < announced.update)
  if (older) throw new CellMismatchError(`the zip holds ${got}, but the catalogue announces ${wanted}`)
  if (read.edition !== announced.edition || read.update !== announced.update) {
    return [`the zip holds ${got}, newer than the ${wanted} of the catalogue`]
  }
  return [
    ...differentDate('update date', announced.updateDate, read.updateDate),
    ...differentDate('issue date', announced.issueDate, read.issueDate),
  ]
}

function differentDate(what: string, announced: string | null, read: string | null): string[] {
  return announced === null || read === null || announced === read
    ? []
    : [`the ${what} is ${read} in the cell, ${announced} in the catalogue`]
}
