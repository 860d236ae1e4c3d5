/**
 * What tells two versions of a catalogue entry apart. The date and size of the zip do not count: NOAA rebuilds every zip every
 * night.
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

/** The version as used in file names: `65.0-20240606-20240606` (edition.update-issue date-update date). */
export function versionText({ edition, update, issueDate, updateDate }: CatalogueVersion): string {
  const compact = (date: string | null) => date?.replaceAll('-', '') ?? 'none'
  return `${edition}.${update}-${compact(issueDate)}-${compact(updateDate)}`
}
