import { noaaFormat } from '../catalogue/noaa-format.ts'
import type { ChartSource } from './chart-source.ts'

/** Sea charts of the United States. */
export const noaa: ChartSource = {
  id: 'noaa',
  name: 'NOAA ENC',
  variable: 'PUBLIC_CHARTS_URL',
  catalogue: 'https://www.charts.noaa.gov/ENCs/ENCProdCat.xml',
  format: noaaFormat,
  hosts: ['www.charts.noaa.gov', 'charts.noaa.gov'],
  isExact: true,
  attribution: {
    id: 'noaa-enc',
    shortDescription: 'NOAA ENC',
    longDescription:
      'Electronic navigational charts of the National Oceanic and Atmospheric Administration (NOAA), Office of Coast Survey. ' +
      'What this server shows is made from them, is not an official chart and must not be used for navigation.',
    sourceUrl: 'https://www.nauticalcharts.noaa.gov/charts/noaa-enc.html',
  },
}
