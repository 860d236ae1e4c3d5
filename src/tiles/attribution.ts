/** Shown wherever tiles are: NOAA's user agreement asks for the reference, and that copies are not called official. */
export const ATTRIBUTION =
  'Charts: <a href="https://www.nauticalcharts.noaa.gov/charts/noaa-enc.html">NOAA ENC</a>, not official, not for navigation. ' +
  'Land: <a href="https://www.naturalearthdata.com/">Natural Earth</a>'

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

/**
 * The sources of the data.
 *
 * @param cells when the public cells were issued and indexed, in milliseconds.
 */
export function datasetAttributions(cells: readonly { sourcedAt: number; processedAt: number }[]): DatasetAttribution[] {
  const latest = (times: readonly number[]) => times.reduce((a, b) => Math.max(a, b), 0)
  const charts: DatasetAttribution = {
    id: 'noaa-enc',
    shortDescription: 'NOAA ENC',
    longDescription:
      'Electronic navigational charts of the National Oceanic and Atmospheric Administration (NOAA), Office of Coast Survey. ' +
      'What this server shows is made from them, is not an official chart and must not be used for navigation.',
    sourceUrl: 'https://www.nauticalcharts.noaa.gov/charts/noaa-enc.html',
    dataSourcedAt: latest(cells.map(({ sourcedAt }) => sourcedAt)),
    dataProcessedAt: latest(cells.map(({ processedAt }) => processedAt)),
  }
  const basemap: DatasetAttribution = {
    id: 'basemap',
    shortDescription: 'Natural Earth',
    longDescription: 'Land where no chart covers: Natural Earth, in the public domain.',
    sourceUrl: 'https://www.naturalearthdata.com/',
    dataSourcedAt: NATURAL_EARTH,
    dataProcessedAt: NATURAL_EARTH,
  }
  return [charts, basemap]
}
