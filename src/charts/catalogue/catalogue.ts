import type { Box } from '#geo/box.ts'

/** NOAA's product catalogue (ENCProdCat.xml), without what nobody asks: coverage is reduced to its bounding box. */
export interface Catalogue {
  title: string | null
  /** When the producer says it is valid from, ISO 8601, or null. */
  validFrom: string | null
  entries: CatalogueEntry[]
  /** Names of cells whose entry was left out: they are listed, so they have not been withdrawn. */
  unusable: string[]
  /** Entries that were left out, and why: one plain sentence each. */
  warnings: string[]
}

export interface CatalogueEntry {
  /** Eight letters and digits, upper case: safe in a file name. */
  name: string
  title: string | null
  /** Denominator of the compilation scale, or null. */
  scale: number | null
  status: 'active' | 'cancelled'
  /** `zipfile_location` as it stands. */
  zipUrl: string | null
  /** `zipfile_size` in bytes, or null. */
  zipSize: number | null
  edition: number
  update: number
  /** Update application date (UADT), 'YYYY-MM-DD', or null. */
  updateDate: string | null
  /** Issue date (ISDT), 'YYYY-MM-DD', or null. */
  issueDate: string | null
  states: string[]
  districts: string[]
  /** Smallest box around the coverage panels, or null (cancelled cells have no coverage). */
  box: Box | null
}
