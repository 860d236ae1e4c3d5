import type { GridBox } from './overlay/grid.ts'
import { EXTENT, MAXIMUM_ZOOM, type TileAddress, tileBox } from './tile-grid.ts'
import { latitudeOfY, longitudeOfX, WORLD_BITS, type WorldBox } from './world.ts'

/** The grid a tile is drawn on. */
export interface TileFrame {
  tile: TileAddress
  /** Zoom of the geometry: the tile's, or a deeper one where more detail is wanted. */
  detailZoom: number
  /** Units across the tile: 4096 at the tile's own detail, twice as many for each zoom deeper. */
  extent: number
  /** World units (world.ts) in a unit of the grid. */
  unit: number
  /** The tile with its buffer: what areas and lines are cut to. */
  box: GridBox
}

/** @param extra how many zooms deeper than the tile's the geometry is to be. */
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

/** x of the world on the grid, rounded as in every other tile of the zoom. */
export function gridX(frame: TileFrame, x: number): number {
  return Math.round(x / frame.unit) - frame.tile.x * frame.extent
}

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
