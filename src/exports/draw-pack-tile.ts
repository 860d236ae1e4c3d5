import type { TileAddress } from '#geo/tile-grid.ts'
import type { Clock } from '#lib/clock.ts'
import { AppError } from '#lib/errors.ts'
import type { Tiles } from '#tiles/create-tiles.ts'
import { metatileOf } from '#tiles/products/png/blocks.ts'
import type { RasterStyle } from '#tiles/products/png/raster-style.ts'
import { placeInPack, unpackTile } from '#tiles/products/png/tile-pack.ts'

export interface DrawingParts {
  tiles: Pick<Tiles, 'tile'>
  clock: Clock
  accountId: number
  /** What raster tiles are painted from; null for vector tiles. */
  style: RasterStyle | null
}

/** Clients come first: a pack waits this long for a free thread before it asks again. */
const BUSY_MILLISECONDS = 500
const MOST_WAITS = 600

/** One tile as a pack stores it: gzip of a vector tile, or a PNG; null where nothing is charted. */
export async function drawPackTile(parts: DrawingParts, address: TileAddress, signal: AbortSignal): Promise<Uint8Array | null> {
  for (let waits = 0; ; waits++) {
    try {
      return await draw(parts, address, signal)
    } catch (error) {
      const isBusy = error instanceof AppError && error.code === 'TILES_BUSY'
      if (!isBusy || waits === MOST_WAITS) throw error
      await parts.clock.sleep(BUSY_MILLISECONDS, signal)
    }
  }
}

async function draw({ tiles, accountId, style }: DrawingParts, address: TileAddress, signal: AbortSignal) {
  if (style === null) {
    const tile = await tiles.tile('vector', address, accountId, signal)
    return (await tile.content(signal))?.encoded ?? null
  }
  const metatile = await tiles.tile('png', { metatile: metatileOf(address), ratio: 1, style }, accountId, signal)
  const content = await metatile.content(signal)
  if (content === null) return null
  const png = unpackTile(content.encoded, placeInPack(address))
  return png.byteLength === 0 ? null : png
}
