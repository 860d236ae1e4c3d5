import { worldBoxOf } from '#geo/tile-frame.ts'
import { MAXIMUM_ZOOM, type TileAddress, tileKey } from '#geo/tile-grid.ts'
import { tileGround } from '../plan/plan-ground.ts'
import { digestOfCells } from './digest-of-cells.ts'
import { type CachedProduct, noFacts } from './product.ts'
import { LIGHT_REACH } from './vector/light-sizes.ts'
import { lastZoomShown } from './vector/shown-zoom.ts'
import { TILE_BUFFER } from './vector/tile-buffer.ts'

/** 2: a point on the border of two cells is drawn by the one that has it. */
const VERSION = 2

/** Vector tiles of the schema `enc-v2` (docs/tiles.md). */
export const vector: CachedProduct<TileAddress> = {
  name: 'vector',
  contentType: 'application/x-protobuf',
  encoding: 'gzip',
  zooms: { shallowest: 0, deepest: MAXIMUM_ZOOM },
  buffer: TILE_BUFFER,
  reach: LIGHT_REACH,
  key: tileKey,
  ground: (tile) => tileGround(tile, { buffer: TILE_BUFFER, reach: LIGHT_REACH, zoom: tile.z }),
  // Only the figure of a light reaches in: of a light that a cell has, or hides on its ground.
  reachesIn: (cells, { frame, far }, lights) =>
    lights.anyBetween(
      cells.map(({ compiledKey }) => compiledKey),
      worldBoxOf(frame, far),
      worldBoxOf(frame, frame.box),
      lastZoomShown(frame.tile.z),
    ),
  facts: noFacts,
  digest: ({ request, cells }) => digestOfCells({ product: 'vector', version: VERSION, key: tileKey(request), cells }),
  async make({ request, cells, land, checkpoint }) {
    const { drawTile } = await import('./vector/draw-tile.ts')
    return drawTile(request, cells, land, checkpoint)
  },
}
