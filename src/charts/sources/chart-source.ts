import type { CatalogueFormat } from '../catalogue/catalogue-format.ts'

/** A producer whose public charts a refresh downloads. To add one, add a file like `noaa.ts` and its entry in `chart-sources.ts`. */
export interface ChartSource {
  /** In the table `cell`, in names of steps and in results. Never changed once released. */
  id: string
  /** For logs. */
  name: string
  /** The environment variable with the address of its catalogue: `PUBLIC_<NAME>_CHARTS_URL`, except for NOAA. */
  variable: string
  /** Where the producer publishes its catalogue. */
  catalogue: string
  format: CatalogueFormat
  /** Hosts whose catalogues name their zips by valid addresses; a copy elsewhere has the zips beside it. */
  hosts: readonly string[]
  /** Whether the catalogue states the edition, update and dates that are in the cells. */
  isExact: boolean
  attribution: SourceAttribution
}

/** What users must be told about a source. */
export interface SourceAttribution {
  id: string
  shortDescription: string
  longDescription: string
  sourceUrl: string
}

/** A source with the address of its catalogue. */
export interface ConfiguredSource {
  source: ChartSource
  catalogueUrl: URL
}
