import { type CatalogueVersion, versionText } from '../catalogue/catalogue-version.ts'

// Storage keys of the public charts. The key of a zip names the cell and the version of its catalogue entry, so a refresh never
// downloads a zip twice.

export const PUBLIC_PREFIX = 'public/'
export const PLAN_PREFIX = 'plans/'

export function cellPrefix(name: string): string {
  return `${PUBLIC_PREFIX}${name}/`
}

export function zipKey(name: string, version: CatalogueVersion): string {
  return `${cellPrefix(name)}${versionText(version)}.zip`
}

/** Marks a version that the catalogue lists as active but whose last update cancels the cell: refreshes need not download it. */
export function cancelledKey(name: string, version: CatalogueVersion): string {
  return `${cellPrefix(name)}${versionText(version)}.cancelled`
}

export function planKey(jobId: string): string {
  return `${PLAN_PREFIX}${jobId}.json`
}
