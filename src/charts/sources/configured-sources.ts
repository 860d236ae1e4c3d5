import type { ConfiguredSource } from './chart-source.ts'
import { CHART_SOURCES } from './chart-sources.ts'
import { noaa } from './noaa.ts'

/**
 * The sources besides NOAA that a refresh reads. With NOAA's own catalogue each comes with its producer's; with a copy, where a server
 * may have no internet access, only with an address of its own.
 *
 * @param otherUrls by variable; null for a source that is turned off. @param isDefault whether NOAA's own catalogue is read.
 */
export function configuredSources({
  otherUrls,
  isDefault,
}: {
  otherUrls: ReadonlyMap<string, URL | null>
  isDefault: boolean
}): ConfiguredSource[] {
  return CHART_SOURCES.filter((source) => source !== noaa).flatMap((source) => {
    const given = otherUrls.get(source.variable)
    const catalogueUrl = given === undefined && isDefault ? new URL(source.catalogue) : given
    return catalogueUrl == null ? [] : [{ source, catalogueUrl }]
  })
}
