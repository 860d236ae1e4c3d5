import type { Box } from '#geo/box.ts'

/** A producer's product catalogue, reduced to what a refresh needs: of the coverage only its bounding box. */
export interface Catalogue {
  title: string | null
  /** The producer's date of validity, ISO 8601, or null. */
  validFrom: string | null
  entries: CatalogueEntry[]
  /** Names of cells whose entry is unusable: they are listed, so they have not been withdrawn. */
  unusable: string[]
  /** Entries that were ignored, and why: one sentence each. */
  warnings: string[]
}

/** What the catalogue says about one cell. */
export interface CatalogueEntry {
  /** Eight letters and digits, upper case: safe in a file name. */
  name: string
  title: string | null
  /** Denominator of the compilation scale, or null. */
  scale: number | null
  status: 'active' | 'cancelled'
  /** The address of the zip, verbatim. */
  zipUrl: string | null
  /** `zipfile_size` in bytes, or null. */
  zipSize: number | null
  /** The approximate size of the zip, from a catalogue that rounds it. */
  aboutBytes?: number
  edition: number
  update: number
  /** Update application date (UADT), 'YYYY-MM-DD', or null. */
  updateDate: string | null
  /** Issue date (ISDT), 'YYYY-MM-DD', or null. */
  issueDate: string | null
  states: string[]
  districts: string[]
  /** Smallest box around the coverage panels, or null: cancelled cells have no coverage. */
  box: Box | null
}
