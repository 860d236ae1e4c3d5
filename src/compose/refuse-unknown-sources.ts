import { CHART_SOURCES } from '#charts/sources/chart-sources.ts'
import type { Config } from '#config/config.ts'
import { ConfigError } from '#config/config-error.ts'

/** @throws ConfigError when a variable has the form of a source's catalogue but names no source: most likely it is misspelt. */
export function refuseUnknownSources({ publicCharts }: Config): void {
  const known = CHART_SOURCES.map(({ variable }) => variable)
  const unknown = [...publicCharts.otherUrls.keys()].filter((name) => !known.includes(name))
  if (unknown.length === 0) return
  const accepted = `the variables of the chart sources are ${known.join(', ')}`
  throw new ConfigError(unknown.map((name) => `${name} names no source of charts; ${accepted}`))
}
