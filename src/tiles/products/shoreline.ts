import { type TileAddress, tileKey } from '#geo/tile-grid.ts'
import { tileGround } from '../plan/plan-ground.ts'
import { digestOfCells } from './digest-of-cells.ts'
import { type CachedProduct, noFacts } from './product.ts'
import { FIRST_CHART_ZOOM } from './shoreline/first-chart-zoom.ts'

const VERSION = 3
const BUFFER = 0

/** The land of a tile as GeoJSON. */
export const shoreline: CachedProduct<TileAddress> = {
  name: 'shoreline',
  contentType: 'application/json; charset=utf-8',
  encoding: 'gzip',
  isStored: true,
  zooms: { shallowest: 0, deepest: 22 },
  buffer: BUFFER,
  reach: BUFFER,
  key: tileKey,
  // Ordered by the tile's own zoom: otherwise zoom 4 would open thousands of harbours for details that no one can see.
  ground: (tile) => (tile.z < FIRST_CHART_ZOOM ? null : tileGround(tile, { buffer: BUFFER, reach: BUFFER, zoom: tile.z })),
  facts: noFacts,
  digest: ({ request, cells }) => digestOfCells({ product: 'shoreline', version: VERSION, key: tileKey(request), cells }),
  async make({ request, cells, land, checkpoint }) {
    const { drawShoreline } = await import('./shoreline/draw-shoreline.ts')
    return new TextEncoder().encode(drawShoreline(request, cells, land, checkpoint))
  },
}
