import { EXTENT, MAXIMUM_ZOOM, type TileAddress } from '#geo/tile-grid.ts'
import { tileGround } from '../plan/plan-ground.ts'
import { digestOfCells } from './digest-of-cells.ts'
import { metatileBox, tilesUnder } from './png/blocks.ts'
import type { RasterStyle } from './png/raster-style.ts'
import { type CachedProduct, noFacts } from './product.ts'
import { LIGHT_REACH } from './vector/light-sizes.ts'
import { TILE_BUFFER } from './vector/tile-buffer.ts'
import { VECTOR_VERSION, vectorGround } from './vector.ts'

/** Version of the painter. What it paints has the version of the vector tiles. */
const VERSION = 5

/** Half a metatile on each side: the vector tiles whose labels and symbols count. With the buffer and the lights of those. */
const BUFFER = EXTENT / 2 + TILE_BUFFER
const REACH = EXTENT / 2 + LIGHT_REACH

export interface RasterRequest {
  /** Of raster tiles, 4 by 4: its zoom is that of the raster tiles, its x and y count metatiles. */
  metatile: TileAddress
  /** Device pixels per pixel. */
  ratio: 1 | 2
  style: RasterStyle
}

/** The raster tiles of a metatile, painted from a style (docs/tiles.md). */
export const png: CachedProduct<RasterRequest> = {
  name: 'png',
  contentType: 'image/png',
  encoding: 'identity',
  isStored: true,
  zooms: { shallowest: 0, deepest: 22 },
  buffer: BUFFER,
  reach: REACH,
  key: keyOf,
  ground({ metatile: { z, x, y } }) {
    // A metatile is as large as a tile two zooms up. Beyond the last zoom it takes the ground of the tile that holds it.
    const own = Math.max(0, z - 2)
    const zoom = Math.min(MAXIMUM_ZOOM, own)
    const tile = { z: zoom, x: x >> (own - zoom), y: y >> (own - zoom) }
    return tileGround(tile, { buffer: BUFFER, reach: REACH, zoom: Math.min(MAXIMUM_ZOOM, Math.max(0, z - 1)) })
  },
  // Tile by tile, as the vector tiles have it, so that neighbouring metatiles agree.
  finerGrounds: ({ metatile }) => tilesUnder(metatile.z, metatileBox(metatile)).map(({ tile }) => vectorGround(tile)),
  facts: noFacts,
  digest: ({ request, cells, besideFiner = [] }) =>
    digestOfCells({ product: `png of vector ${VECTOR_VERSION}`, version: VERSION, key: keyOf(request), cells, besideFiner }),
  async make({ request: { metatile, ratio, style }, cells, besideFiner = [], land, checkpoint }) {
    const { drawMetatile } = await import('./png/draw-metatile.ts')
    return await drawMetatile(metatile, ratio, style, { cells, besideFiner, land, checkpoint })
  },
}

function keyOf({ metatile: { z, x, y }, ratio, style }: RasterRequest): string {
  return `${z}/${x}/${y}@${ratio} ${style.digest}`
}
