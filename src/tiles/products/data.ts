import { MAXIMUM_ZOOM, type TileAddress, tileKey } from '#geo/tile-grid.ts'
import { tileGround } from '../plan/plan-ground.ts'
import { digestOfCells } from './digest-of-cells.ts'
import { type CachedProduct, noFacts } from './product.ts'

const VERSION = 2
const BUFFER = 0

/** All chart objects of a tile as GeoJSON, the finest cell first. */
export const data: CachedProduct<TileAddress> = {
  name: 'data',
  contentType: 'application/json; charset=utf-8',
  encoding: 'gzip',
  isStored: true,
  zooms: { shallowest: 10, deepest: 22 },
  buffer: BUFFER,
  reach: BUFFER,
  key: tileKey,
  // The finest data available, at every zoom.
  ground: (tile) => tileGround(tile, { buffer: BUFFER, reach: BUFFER, zoom: MAXIMUM_ZOOM }),
  facts: noFacts,
  digest: ({ request, cells }) => digestOfCells({ product: 'data', version: VERSION, key: tileKey(request), cells }),
  async make({ request, cells, checkpoint }) {
    const { drawDataTile } = await import('./data/draw-data-tile.ts')
    const text = drawDataTile(request, cells, checkpoint)
    return text === null ? null : new TextEncoder().encode(text)
  },
}
