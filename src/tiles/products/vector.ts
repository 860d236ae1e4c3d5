import { worldBoxOf } from '#geo/tile-frame.ts'
import { MAXIMUM_ZOOM, type TileAddress, tileKey } from '#geo/tile-grid.ts'
import { turned, turnsOnto, type WorldBox } from '#geo/world.ts'
import { type PlanGround, tileGround } from '../plan/plan-ground.ts'
import type { ChartCell } from '../view/chart-snapshot.ts'
import { digestOfCells } from './digest-of-cells.ts'
import { type CachedProduct, noFacts } from './product.ts'
import { LIGHT_REACH } from './vector/light-sizes.ts'
import { lastZoomShown } from './vector/shown-zoom.ts'
import { TILE_BUFFER } from './vector/tile-buffer.ts'

/** 9: the depth changes on borders of cells too, and shorter periods of complex lines. */
export const VECTOR_VERSION = 9

/** The ground of a vector tile. */
export const vectorGround = (tile: TileAddress): PlanGround =>
  tileGround(tile, { buffer: TILE_BUFFER, reach: LIGHT_REACH, zoom: tile.z })

/** Vector tiles of the schema `enc-v2` (docs/tiles.md). */
export const vector: CachedProduct<TileAddress> = {
  name: 'vector',
  contentType: 'application/x-protobuf',
  encoding: 'gzip',
  isStored: true,
  zooms: { shallowest: 0, deepest: MAXIMUM_ZOOM },
  buffer: TILE_BUFFER,
  reach: LIGHT_REACH,
  key: tileKey,
  ground: vectorGround,
  // Only the figure of a light reaches in: of a light that a cell has, or hides on its ground.
  reachesIn(cells, { frame, far }, lights) {
    const [outer, inner] = [worldBoxOf(frame, far), worldBoxOf(frame, frame.box)]
    const isAround = ({ outline }: ChartCell) => outline.boxes.some((box) => !isSeenWithin(box, outer, inner))
    const keys = cells.filter(isAround).map(({ compiledKey }) => compiledKey)
    return lights.anyBetween(keys, outer, inner, lastZoomShown(frame.tile.z))
  },
  finerGrounds: (tile) => [vectorGround(tile)],
  facts: noFacts,
  digest: ({ request, cells, besideFiner = [] }) =>
    digestOfCells({ product: 'vector', version: VECTOR_VERSION, key: tileKey(request), cells, besideFiner }),
  async make({ request, cells, besideFiner = [], land, checkpoint }) {
    const { drawTile } = await import('./vector/draw-tile.ts')
    return drawTile(request, cells, land, checkpoint, besideFiner[0])
  },
}

/** Whether all that `outer` sees of a box lies in `inner`. */
function isSeenWithin(box: WorldBox, outer: WorldBox, inner: WorldBox): boolean {
  return turnsOnto(box, outer).every((turn) => {
    const { minX, minY, maxX, maxY } = turned(box, turn)
    return minX >= inner.minX && maxX <= inner.maxX && minY >= inner.minY && maxY <= inner.maxY
  })
}
