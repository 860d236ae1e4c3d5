import { type CatalogueVersion, versionText } from '../catalogue/catalogue-version.ts'

// Storage keys of the public charts. The key of a zip names the cell and the version of its catalogue entry, so a refresh never
// downloads a zip twice.

const NOAA = 'noaa'
export const PLAN_PREFIX = 'plans/'

/** All zips of a source lie under it. NOAA's were there before there were others. */
export function sourcePrefix(source: string): string {
  return source === NOAA ? 'public/' : `public-${source}/`
}

export function cellPrefix(name: string, source: string): string {
  return `${sourcePrefix(source)}${name}/`
}

export function zipKey(name: string, version: CatalogueVersion, source: string): string {
  return `${cellPrefix(name, source)}${versionText(version)}.zip`
}

/** Marks a version that the catalogue lists as active but whose last update cancels the cell: refreshes need not download it. */
export function cancelledKey(name: string, version: CatalogueVersion, source: string): string {
  return `${cellPrefix(name, source)}${versionText(version)}.cancelled`
}

/** The plan of a refresh for a source. */
export function refreshPlanKey(jobId: string, source: string): string {
  return source === NOAA ? `${PLAN_PREFIX}${jobId}.json` : `${PLAN_PREFIX}${jobId}-${source}.json`
}
