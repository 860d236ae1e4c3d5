import { usaceFormat } from '../catalogue/usace-format.ts'
import type { ChartSource } from './chart-source.ts'

/** Charts of the inland waterways of the United States. */
export const usace: ChartSource = {
  id: 'usace',
  name: 'USACE Inland ENC',
  variable: 'PUBLIC_INLAND_CHARTS_URL',
  catalogue: 'https://ienccloud.us/ienc/products/catalog/IENCU37ProductsCatalog.xml',
  format: usaceFormat,
  hosts: ['ienccloud.us', 'www.ienccloud.us'],
  isExact: false,
  attribution: {
    id: 'usace-ienc',
    shortDescription: 'USACE Inland ENC',
    longDescription:
      'Inland electronic navigational charts of the US Army Corps of Engineers (USACE). ' +
      'What this server shows is made from them, is not an official chart and must not be used for navigation.',
    sourceUrl: 'https://ienccloud.us/',
  },
}
