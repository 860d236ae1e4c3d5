import type { CatalogueFormat } from './catalogue-format.ts'
import { createEntryBuilder } from './entry-builder.ts'

/** NOAA's product catalogue; regional ones have a suffix at the name of the root. */
export const noaaFormat: CatalogueFormat = {
  root: /^EncProductCatalog/,
  rootName: 'EncProductCatalog',
  cell: 'cell',
  createEntry: createEntryBuilder,
  header: { title: 'title', validFrom: 'dt_valid' },
  readValidFrom: (text) => text || null,
}
