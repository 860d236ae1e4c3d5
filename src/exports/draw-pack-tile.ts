import type { TileAddress } from '#geo/tile-grid.ts'
import type { Clock } from '#lib/clock.ts'
import type { Tiles } from '#tiles/create-tiles.ts'
import { metatileOf } from '#tiles/products/png/blocks.ts'
import { placeInMetatile, tileOfMetatile } from '#tiles/products/png/metatile-file.ts'
import type { RasterStyle } from '#tiles/products/png/raster-style.ts'
import { patiently } from './patiently.ts'

export interface DrawingParts {
  tiles: Pick<Tiles, 'tile'>
  clock: Clock
  accountId: number
  /** What raster tiles are painted from; null for vector tiles. */
  style: RasterStyle | null
}

/** One tile as a pack stores it: gzip of a vector tile, or a PNG; null where nothing is charted. */
export async function drawPackTile(parts: DrawingParts, address: TileAddress, signal: AbortSignal): Promise<Uint8Array | null> {
  return await patiently(parts.clock, signal, () => draw(parts, address, signal))
}

async function draw({ tiles, accountId, style }: DrawingParts, address: TileAddress, signal: AbortSignal) {
  if (style === null) {
    const tile = await tiles.tile('vector', address, accountId, signal)
    return (await tile.content(signal))?.encoded ?? null
  }
  const metatile = await tiles.tile('png', { metatile: metatileOf(address), ratio: 1, style }, accountId, signal)
  const content = await metatile.content(signal)
  if (content === null) return null
  const png = tileOfMetatile(content.encoded, placeInMetatile(address))
  return png.byteLength === 0 ? null : png
}
