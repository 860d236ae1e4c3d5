import type { CatalogueFilter } from '#charts/catalogue/catalogue-filter.ts'
import type { SharedCellReader } from '#charts/reading/shared-cell-reader.ts'
import type { TransferSettings } from '#charts/refresh/transfer-settings.ts'
import type { ConfiguredSource } from '#charts/sources/chart-source.ts'
import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import type { BlobStore } from '#storage/blob-store.ts'

export interface RefreshPublicChartsOptions {
  db: Db
  storage: BlobStore
  clock: Clock
  /** The address of NOAA's catalogue (PUBLIC_CHARTS_URL) and which cells to index (PUBLIC_CHARTS_FILTER; null for all). */
  catalogueUrl: URL
  filter: CatalogueFilter | null
  /** Further sources, read after NOAA's. */
  otherSources?: readonly ConfiguredSource[]
  /** Whether an older version in the catalogue replaces a newer one here (PUBLIC_CHARTS_ALLOW_DOWNGRADE). */
  allowDowngrade?: boolean
  /** The number of cells read at once, and the reader with its worker threads. */
  workers: number
  reader: SharedCellReader
  /**
   * True where several servers share a database: the index step then continues as child jobs, a batch of cells each, which any
   * server may run. They must share their storage too.
   */
  shared?: boolean
  /** Chartroom's version, for the User-Agent. */
  version: string
  /** For tests: other timeouts and retries than the default. */
  transfer?: Partial<TransferSettings>
}
