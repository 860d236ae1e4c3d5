import { tileKey } from '#geo/tile-grid.ts'
import type { TileReport } from '#reports/points/tile-reports.ts'
import type { CachedProduct } from './product.ts'
import { digestOfReports } from './reports/digest-of-reports.ts'
import { REPORT_ZOOMS, type ReportsRequest } from './reports/reports-request.ts'

const VERSION = 1

/** The reports of users in a tile as GeoJSON; never soundings. */
export const reportData: CachedProduct<ReportsRequest, TileReport[]> = {
  name: 'reportData',
  contentType: 'application/json; charset=utf-8',
  encoding: 'gzip',
  isStored: false,
  zooms: REPORT_ZOOMS,
  buffer: 0,
  reach: 0,
  key: ({ tile }) => tileKey(tile),
  ground: () => null,
  async facts({ includeBathymetry: _, ...query }, { db }) {
    // As in `reports`: drawing threads must not load the database's client.
    const { readTileReports } = await import('#reports/points/tile-reports.ts')
    return await readTileReports(db, query)
  },
  digest: ({ request, facts }) =>
    digestOfReports(`reportData ${VERSION} ${tileKey(request.tile)}`, { reports: facts, pieces: [] }),
  async make({ facts }) {
    const { writeReports } = await import('./reports/write-reports.ts')
    return new TextEncoder().encode(writeReports(facts))
  },
}
