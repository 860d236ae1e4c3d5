import { type TileAddress, tileAt } from '#geo/tile-grid.ts'
import type { PackSpec } from './pack-spec.ts'

/** Web Mercator ends here. */
const MERCATOR_LATITUDE = 85.0511
/** Tiles across a block. Tiles of a block share charts, and raster tiles their metatile. */
const BLOCK = 4

interface Columns {
  left: number
  right: number
  top: number
  bottom: number
}

type Ground = Pick<PackSpec, 'box' | 'minZoom' | 'maxZoom'>

/** How many tiles a pack has at most: those without content are left out. */
export function countTiles(ground: Ground): number {
  let count = 0
  for (let z = ground.minZoom; z <= ground.maxZoom; z++) {
    for (const { left, right, top, bottom } of rangesOf(ground.box, z)) count += (right - left + 1) * (bottom - top + 1)
  }
  return count
}

/** The tiles of a pack in a fixed order: zoom by zoom, and block by block within a zoom. */
export function* packTiles(ground: Ground): Generator<TileAddress> {
  for (let z = ground.minZoom; z <= ground.maxZoom; z++) {
    for (const range of rangesOf(ground.box, z)) yield* blocksOf(range, z)
  }
}

function* blocksOf({ left, right, top, bottom }: Columns, z: number): Generator<TileAddress> {
  for (let blockY = Math.floor(top / BLOCK); blockY * BLOCK <= bottom; blockY++) {
    for (let blockX = Math.floor(left / BLOCK); blockX * BLOCK <= right; blockX++) {
      for (let y = Math.max(top, blockY * BLOCK); y <= Math.min(bottom, blockY * BLOCK + BLOCK - 1); y++) {
        for (let x = Math.max(left, blockX * BLOCK); x <= Math.min(right, blockX * BLOCK + BLOCK - 1); x++) yield { z, x, y }
      }
    }
  }
}

/** One range of tiles, or two for a box across the antimeridian. Where both meet the same tile, the first has it. */
function rangesOf([west, south, east, north]: PackSpec['box'], z: number): Columns[] {
  const top = tileAt(0, Math.min(north, MERCATOR_LATITUDE), z).y
  const bottom = tileAt(0, Math.max(south, -MERCATOR_LATITUDE), z).y
  const last = 2 ** z - 1
  const first = west === 180 ? last : tileAt(west, 0, z).x
  const end = east === 180 ? last : tileAt(east, 0, z).x
  if (west < east) return [{ left: first, right: end, top, bottom }]
  if (end >= first) return [{ left: 0, right: last, top, bottom }]
  return [
    { left: first, right: last, top, bottom },
    { left: 0, right: end, top, bottom },
  ]
}
