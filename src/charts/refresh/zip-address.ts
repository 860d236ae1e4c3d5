import { CHART_SOURCES } from '../sources/chart-sources.ts'
import { shownAddress } from '../transfer/shown-address.ts'
import { TransferError } from '../transfer/transfer-error.ts'

const OWN_HOSTS = new Set(CHART_SOURCES.flatMap(({ hosts }) => hosts))

/**
 * The address of a cell's zip. A producer's own catalogue is taken literally. A copy elsewhere (a mirror, a folder) still names the
 * producer's server, so only the file name counts, relative to the catalogue.
 *
 * @throws TransferError when `zipfile_location` is not a usable address.
 */
export function zipAddress(zipLocation: string, catalogueUrl: URL): URL {
  const location = URL.parse(zipLocation, catalogueUrl.href)
  if (location === null) throw unusable(zipLocation)
  if (OWN_HOSTS.has(catalogueUrl.hostname)) {
    // A catalogue from the web must not point at files of this machine.
    if (location.protocol !== 'https:' && location.protocol !== 'http:') throw unusable(zipLocation)
    return location
  }
  const fileName = location.pathname.split('/').at(-1) ?? ''
  if (!/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(fileName)) throw unusable(zipLocation)
  return new URL(fileName, catalogueUrl)
}

function unusable(zipLocation: string): TransferError {
  return new TransferError(`the catalogue's zipfile_location "${shownAddress(zipLocation)}" is not the address of a zip`, {
    retryable: false,
  })
}
