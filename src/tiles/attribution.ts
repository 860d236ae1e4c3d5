import { CHART_SOURCES } from '#charts/sources/chart-sources.ts'
import { noaa } from '#charts/sources/noaa.ts'

export interface DatasetAttribution {
  id: string
  shortDescription: string
  longDescription: string
  sourceUrl?: string
  /** Milliseconds since the Unix epoch. */
  dataSourcedAt: number
  dataProcessedAt: number
}

/** Release of Natural Earth 4.1, which world-atlas 2.0.2 contains. */
const NATURAL_EARTH = Date.UTC(2018, 4, 21)

const BASEMAP = {
  id: 'basemap',
  shortDescription: 'Natural Earth',
  longDescription: 'Land where no chart covers: Natural Earth, in the public domain.',
  sourceUrl: 'https://www.naturalearthdata.com/',
  dataSourcedAt: NATURAL_EARTH,
  dataProcessedAt: NATURAL_EARTH,
} satisfies DatasetAttribution

/** When a public cell was issued and indexed, in milliseconds, and its source. */
export interface CellTimes {
  source: string
  sourcedAt: number
  processedAt: number
}

/**
 * What is shown wherever tiles are, in HTML: it names NOAA and each further source with cells here. NOAA's user agreement asks for the
 * reference, and that copies are not called official.
 *
 * @param held ids of the sources of the public cells.
 */
export function attributionText(held: ReadonlySet<string>): string {
  const charts = CHART_SOURCES.filter(({ id }) => held.has(id) || id === noaa.id).map(({ attribution }) =>
    link(attribution.sourceUrl, attribution.shortDescription),
  )
  return `Not official, not for navigation. Charts: ${charts.join(', ')}. Land: ${link(BASEMAP.sourceUrl, BASEMAP.shortDescription)}`
}

function link(url: string, text: string): string {
  return `<a href="${url}" target="_blank" rel="noopener">${text}</a>`
}

/** The sources of the data: NOAA, further ones with cells here, and the background. */
export function datasetAttributions(cells: readonly CellTimes[]): DatasetAttribution[] {
  const latest = (times: readonly number[]) => times.reduce((a, b) => Math.max(a, b), 0)
  const charts = CHART_SOURCES.flatMap(({ id, attribution }) => {
    const own = cells.filter(({ source }) => source === id)
    if (own.length === 0 && id !== noaa.id) return []
    const dataSourcedAt = latest(own.map(({ sourcedAt }) => sourcedAt))
    return [{ ...attribution, dataSourcedAt, dataProcessedAt: latest(own.map(({ processedAt }) => processedAt)) }]
  })
  return [...charts, BASEMAP]
}
