/**
 * What makes a cell of the catalogue the same or another. The zip's own date and size are no part of it: NOAA rebuilds every
 * zip every night.
 */
export interface CatalogueVersion {
  edition: number
  update: number
  updateDate: string | null
  issueDate: string | null
}

export function sameVersion(a: CatalogueVersion, b: CatalogueVersion): boolean {
  return a.edition === b.edition && a.update === b.update && a.updateDate === b.updateDate && a.issueDate === b.issueDate
}

/** The version as part of a file name: `65.0-20240606-20240606` (edition.update-issue date-update date). */
export function versionText({ edition, update, issueDate, updateDate }: CatalogueVersion): string {
  const compact = (date: string | null) => date?.replaceAll('-', '') ?? 'none'
  return `${edition}.${update}-${compact(issueDate)}-${compact(updateDate)}`
}
