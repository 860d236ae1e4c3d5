import type { CatalogueVersion } from '../catalogue/catalogue-version.ts'
import type { CellSummary } from '../reading/cell-summary.ts'

/** A zip does not contain what the catalogue lists. */
export class CellMismatchError extends Error {
  override readonly name = 'CellMismatchError'
}

/**
 * Compares a parsed cell with the version of its catalogue entry. An older cell is an error: indexed, it would pass for current
 * until the catalogue changes. It is still shown when one of its updates is missing or cannot be applied. A newer cell is accepted
 * with a warning, because NOAA rebuilds the zips before the catalogue; so is a difference of dates.
 *
 * @param source whether its catalogue states what is in the cells; otherwise only the name is compared.
 * @returns warnings.
 * @throws CellMismatchError
 */
export function checkSummary(
  name: string,
  listed: CatalogueVersion,
  read: CellSummary,
  { isExact }: { isExact: boolean },
): string[] {
  if (read.name !== name) throw new CellMismatchError(`the zip of ${name} contains the cell ${read.name}`)
  // The catalogue's numbers and dates are not those in the cells, so they prove nothing.
  if (!isExact) return []
  const wanted = `edition ${listed.edition}, update ${listed.update}`
  const got = `edition ${read.edition}, update ${read.update}`
  const older = read.edition < listed.edition || (read.edition === listed.edition && read.update < listed.update)
  if (older && read.stoppedBy !== null) return []
  if (older) throw new CellMismatchError(`the zip contains ${got}, but the catalogue lists ${wanted}`)
  if (read.edition !== listed.edition || read.update !== listed.update) {
    return [`the zip contains ${got}, newer than ${wanted} of the catalogue`]
  }
  return [
    ...differentDate('update date', listed.updateDate, read.updateDate),
    ...differentDate('issue date', listed.issueDate, read.issueDate),
  ]
}

function differentDate(what: string, listed: string | null, read: string | null): string[] {
  return listed === null || read === null || listed === read
    ? []
    : [`the ${what} is ${read} in the cell but ${listed} in the catalogue`]
}
