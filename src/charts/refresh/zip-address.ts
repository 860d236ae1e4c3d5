import { TransferError } from '../transfer/transfer-error.ts'

const NOAA_HOSTS = new Set(['www.charts.noaa.gov', 'charts.noaa.gov'])

/**
 * Where to fetch a cell's zip. NOAA's own catalogue is taken at its word. A copy of it elsewhere (a mirror, a folder on a
 * stick) still names NOAA's server, so there only the file name counts, beside the catalogue.
 *
 * @throws TransferError when the catalogue's `zipfile_location` is no usable address.
 */
export function zipAddress(zipLocation: string, catalogueUrl: URL): URL {
  const location = URL.parse(zipLocation, catalogueUrl.href)
  if (location === null) throw unusable(zipLocation)
  if (NOAA_HOSTS.has(catalogueUrl.hostname)) {
    // Nothing in a catalogue from the web may point at a file of this machine.
    if (location.protocol !== 'https:' && location.protocol !== 'http:') throw unusable(zipLocation)
    return location
  }
  const fileName = location.pathname.split('/').at(-1) ?? ''
  if (!/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(fileName)) throw unusable(zipLocation)
  return new URL(fileName, catalogueUrl)
}

function unusable(zipLocation: string): TransferError {
  return new TransferError(`the catalogue's zipfile_location "${zipLocation.slice(0, 200)}" is not an address of a zip`, {
    retryable: false,
  })
}
