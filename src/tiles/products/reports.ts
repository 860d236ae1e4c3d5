import { tileKey } from '#geo/tile-grid.ts'
import type { CachedProduct } from './product.ts'
import { digestOfReports } from './reports/digest-of-reports.ts'
import { REPORT_ZOOMS, type ReportFacts, type ReportsRequest, SOUNDING_BUFFER } from './reports/reports-request.ts'

const VERSION = 1
/** Nothing is shown at lower zooms. */
const FIRST_ZOOM = 11

/** Vector tiles of the reports of users and, when the request asks for them, of their soundings. */
export const reports: CachedProduct<ReportsRequest, ReportFacts> = {
  name: 'reports',
  contentType: 'application/vnd.mapbox-vector-tile',
  encoding: 'gzip',
  isStored: false,
  zooms: REPORT_ZOOMS,
  buffer: SOUNDING_BUFFER,
  reach: SOUNDING_BUFFER,
  key: ({ tile }) => tileKey(tile),
  ground: () => null,
  async facts({ includeBathymetry, ...query }, { db }) {
    if (query.tile.z < FIRST_ZOOM) return { reports: [], pieces: [] }
    // Loaded here, because drawing threads have this product too, and the database's client would be most of their code.
    const { readTilePieces } = await import('#reports/bathymetry/tile-soundings.ts')
    const { readTileReports } = await import('#reports/points/tile-reports.ts')
    const pieces = includeBathymetry ? await readTilePieces(db, query.tile, SOUNDING_BUFFER) : []
    return { reports: await readTileReports(db, query), pieces }
  },
  digest: ({ request, facts }) => digestOfReports(`reports ${VERSION} ${tileKey(request.tile)}`, facts),
  async make({ request, facts, checkpoint }) {
    const { drawReports } = await import('./reports/draw-reports.ts')
    return drawReports(request.tile, facts, checkpoint)
  },
}
