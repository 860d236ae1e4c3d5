import { CHART_SOURCES } from '#charts/sources/chart-sources.ts'
import { INVENTED, isInvented } from '#charts/sources/invented.ts'
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

/** A public cell with its source. */
export interface CreditedCell {
  name: string
  source: string
}

/** When it was issued and indexed, in milliseconds. */
export interface CellTimes extends CreditedCell {
  sourcedAt: number
  processedAt: number
}

/**
 * What is shown wherever tiles are, in HTML: it names each source of `creditsOf`. NOAA's user agreement asks for the reference, and that
 * copies are not called official.
 *
 * @param cells the public ones.
 */
export function attributionText(cells: readonly CreditedCell[]): string {
  const charts = creditsOf(cells).map(({ attribution }) => link(attribution))
  return `Not official, not for navigation. Charts: ${charts.join(', ')}. Land: ${link(BASEMAP)}`
}

function link({ sourceUrl, shortDescription }: Pick<DatasetAttribution, 'sourceUrl' | 'shortDescription'>): string {
  if (sourceUrl === undefined) return shortDescription
  return `<a href="${sourceUrl}" target="_blank" rel="noopener">${shortDescription}</a>`
}

/** The sources of the data, and the background. */
export function datasetAttributions(cells: readonly CellTimes[]): DatasetAttribution[] {
  const latest = (times: readonly number[]) => times.reduce((a, b) => Math.max(a, b), 0)
  const charts = creditsOf(cells).map(({ attribution, own }) => {
    const dataSourcedAt = latest(own.map(({ sourcedAt }) => sourcedAt))
    return { ...attribution, dataSourcedAt, dataProcessedAt: latest(own.map(({ processedAt }) => processedAt)) }
  })
  return [...charts, BASEMAP]
}

/**
 * The credited producers with the cells that they made, in the order of a refresh, then invented charts. NOAA is credited even before the
 * first refresh, but not where everything that a refresh brought is invented.
 */
function creditsOf<T extends CreditedCell>(
  cells: readonly T[],
): { attribution: typeof INVENTED & { sourceUrl?: string }; own: T[] }[] {
  const invented = cells.filter(isInvented)
  const real = CHART_SOURCES.map(({ id, attribution }) => ({
    id,
    attribution,
    own: cells.filter((cell) => cell.source === id && !isInvented(cell)),
  })).filter(({ id, own }) => own.length > 0 || (id === noaa.id && invented.length === 0))
  return invented.length === 0 ? real : [...real, { attribution: INVENTED, own: invented }]
}
