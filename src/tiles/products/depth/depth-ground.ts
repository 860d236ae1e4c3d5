import type { TileFrame } from '#geo/tile-frame.ts'
import { EXTENT, MAXIMUM_ZOOM } from '#geo/tile-grid.ts'
import { WORLD, WORLD_BITS } from '#geo/world.ts'
import type { PlanGround } from '#tiles/plan/plan-ground.ts'
import { createCorridor } from './corridor.ts'
import type { DepthRequest } from './depth-answer.ts'

const UNIT = 2 ** (WORLD_BITS - 12 - MAXIMUM_ZOOM)

/** The box around a piece, with the finest charts first. */
export function depthGround(request: DepthRequest): PlanGround {
  const { minX, minY, maxX, maxY } = createCorridor(request, 0).box
  const turn = Math.floor(minX / WORLD) * WORLD
  const tile = {
    z: MAXIMUM_ZOOM,
    x: Math.floor((minX - turn) / UNIT / EXTENT),
    y: Math.floor(Math.max(minY, 0) / UNIT / EXTENT),
  }
  const [left, top] = [tile.x * EXTENT, tile.y * EXTENT]
  const box = {
    left: Math.floor((minX - turn) / UNIT) - left,
    top: Math.floor(minY / UNIT) - top,
    right: Math.ceil((maxX - turn) / UNIT) - left,
    bottom: Math.ceil(maxY / UNIT) - top,
  }
  const frame: TileFrame = { tile, detailZoom: MAXIMUM_ZOOM, extent: EXTENT, unit: UNIT, box }
  return { frame, far: box, zoom: MAXIMUM_ZOOM }
}
