import type { GridBox } from './overlay/grid.ts'
import { EXTENT, MAXIMUM_ZOOM, type TileAddress, tileBox } from './tile-grid.ts'
import { latitudeOfY, longitudeOfX, WORLD_BITS, type WorldBox } from './world.ts'

/** The grid on which a tile is drawn. */
export interface TileFrame {
  tile: TileAddress
  /** Zoom of the geometry: the tile's, or a deeper one for more detail. */
  detailZoom: number
  /** Units across the tile: 4,096 at the tile's own detail, doubling with each zoom of extra detail. */
  extent: number
  /** World units (world.ts) in a unit of the grid. */
  unit: number
  /** The tile with its buffer: areas and lines are cut to it. */
  box: GridBox
}

/**
 * The frame of a tile.
 *
 * @param buffer units around the tile that are drawn too.
 * @param extra zooms of detail beyond the tile's own, up to the last zoom of the pyramid.
 */
export function createFrame(tile: TileAddress, buffer: number, extra = 0): TileFrame {
  const detailZoom = Math.min(MAXIMUM_ZOOM, tile.z + extra)
  const extent = EXTENT * 2 ** (detailZoom - tile.z)
  return {
    tile,
    detailZoom,
    extent,
    unit: 2 ** (WORLD_BITS - 12 - detailZoom),
    box: tileBox(extent, buffer),
  }
}

/** A world x on the grid; every tile of the zoom rounds it to the same line. */
export function gridX(frame: TileFrame, x: number): number {
  return Math.round(x / frame.unit) - frame.tile.x * frame.extent
}

/** A world y on the grid; every tile of the zoom rounds it to the same line. */
export function gridY(frame: TileFrame, y: number): number {
  return Math.round(y / frame.unit) - frame.tile.y * frame.extent
}

/** A box of the grid in world units; its west may be below 0 and its east beyond WORLD. */
export function worldBoxOf(frame: TileFrame, { left, top, right, bottom }: GridBox): WorldBox {
  const { tile, extent, unit } = frame
  return {
    minX: (tile.x * extent + left) * unit,
    minY: (tile.y * extent + top) * unit,
    maxX: (tile.x * extent + right) * unit,
    maxY: (tile.y * extent + bottom) * unit,
  }
}

/** Longitude and latitude of a point of the grid, in degrees. */
export function degreesOf(frame: TileFrame, x: number, y: number): [longitude: number, latitude: number] {
  const { tile, extent, unit } = frame
  return [longitudeOfX((tile.x * extent + x) * unit), latitudeOfY((tile.y * extent + y) * unit)]
}
