import { type Window, WORLD, WORLD_BITS } from '#compiled/format/compiled-cell.ts'
import type { GridBox } from '#geo/overlay/grid.ts'
import { type TileAddress, tileBox } from '#geo/tile-grid.ts'
import { MAXIMUM_ZOOM } from '../cell-order.ts'
import { EXTENT } from '../mvt/encode-tile.ts'

/** The grid a tile is drawn on. */
export interface TileFrame {
  tile: TileAddress
  /** Zoom of the geometry: the tile's, or a deeper one where more detail is wanted. */
  detailZoom: number
  /** Units across the tile: 4096 at the tile's own detail, twice as many for each zoom deeper. */
  extent: number
  /** World units (compiled-cell.ts) in a unit of the grid. */
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

/** A box of the grid as a window of the world; its west may be below 0 and its east beyond WORLD. */
export function windowOf(frame: TileFrame, { left, top, right, bottom }: GridBox): Window {
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
  const u = ((tile.x * extent + x) * unit) / WORLD
  const v = ((tile.y * extent + y) * unit) / WORLD
  return [u * 360 - 180, (Math.atan(Math.sinh(Math.PI * (1 - 2 * v))) * 180) / Math.PI]
}
