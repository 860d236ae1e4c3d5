import { type CatalogueVersion, versionText } from '../catalogue/catalogue-version.ts'

// Where the public charts lie in the storage. The name and version in the key say which catalogue entry a zip was fetched for,
// so a zip that is already there is not fetched again.

export const PUBLIC_PREFIX = 'public/'
export const PLAN_PREFIX = 'plans/'

export function cellPrefix(name: string): string {
  return `${PUBLIC_PREFIX}${name}/`
}

export function zipKey(name: string, version: CatalogueVersion): string {
  return `${cellPrefix(name)}${versionText(version)}.zip`
}

/** Remembers that this version, active in the catalogue, holds an update that cancels the cell: no need to fetch it each time. */
export function cancelledKey(name: string, version: CatalogueVersion): string {
  return `${cellPrefix(name)}${versionText(version)}.cancelled`
}

export function planKey(jobId: string): string {
  return `${PLAN_PREFIX}${jobId}.json`
}
