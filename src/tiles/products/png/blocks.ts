import { EXTENT, MAXIMUM_ZOOM, type TileAddress } from '#geo/tile-grid.ts'

// Raster tiles are drawn in blocks of two by two, each from one vector tile, and blocks in metatiles of two by two.

/** Pixels across a raster tile. */
export const TILE_PIXELS = 256
/** Pixels across a block. */
export const BLOCK_PIXELS = 2 * TILE_PIXELS
/** Pixels across a metatile. */
export const METATILE_PIXELS = 2 * BLOCK_PIXELS
/** Raster tiles across a metatile. */
export const METATILE_TILES = METATILE_PIXELS / TILE_PIXELS
/** Pixels around a metatile whose labels and symbols count. */
export const MARGIN_PIXELS = 512

/** A rectangle in pixels of the world at a zoom of 256 pixel tiles. */
export interface PixelBox {
  left: number
  top: number
  right: number
  bottom: number
}

/** A vector tile as it lies in the world at a zoom of 256 pixel tiles. */
export interface PlacedTile {
  /** The vector tile; its x is within the world. */
  tile: TileAddress
  /** Pixel of its north-west corner; beyond the world for a tile on the other side of the antimeridian. */
  left: number
  top: number
  /** Pixels across. */
  size: number
  /** Pixels per unit of the tile. */
  scale: number
}

/** Zoom of a style for a zoom of 256 pixel tiles: styles count tiles of 512 pixels. */
export const styleZoom = (z: number): number => z - 1

/** Zoom of the vector tiles that a zoom of 256 pixel tiles is drawn from. */
const sourceZoom = (z: number): number => Math.min(MAXIMUM_ZOOM, Math.max(0, z - 1))

/** The metatile of a raster tile, in metatiles from the north-west of the zoom. */
export const metatileOf = ({ z, x, y }: TileAddress): TileAddress => ({
  z,
  x: Math.floor(x / METATILE_TILES),
  y: Math.floor(y / METATILE_TILES),
})

/** The pixels of a metatile. */
export function metatileBox({ z, x, y }: TileAddress): PixelBox {
  const world = TILE_PIXELS * 2 ** z
  const [left, top] = [x * METATILE_PIXELS, y * METATILE_PIXELS]
  return { left, top, right: Math.min(world, left + METATILE_PIXELS), bottom: Math.min(world, top + METATILE_PIXELS) }
}

/** The vector tiles under a box, west to east in each row. Rows beyond the poles are left out; the world repeats to the east and west. */
export function tilesUnder(z: number, { left, top, right, bottom }: PixelBox): PlacedTile[] {
  const zoom = sourceZoom(z)
  const across = 2 ** zoom
  const size = (TILE_PIXELS * 2 ** z) / across
  const placed: PlacedTile[] = []
  for (let y = Math.max(0, Math.floor(top / size)); y < across && y * size < bottom; y++) {
    for (let x = Math.floor(left / size); x * size < right; x++) {
      const tile = { z: zoom, x: ((x % across) + across) % across, y }
      placed.push({ tile, left: x * size, top: y * size, size, scale: size / EXTENT })
    }
  }
  return placed
}
