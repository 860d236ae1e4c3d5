import { METATILE_TILES } from './blocks.ts'

// The raster tiles of a metatile in one file: the length of each as 32 bits, then the tiles, row by row. A missing one has length 0.

const COUNT = METATILE_TILES * METATILE_TILES

/** @param tiles by `index` of their place. */
export function writeMetatile(tiles: ReadonlyMap<number, Uint8Array>): Uint8Array {
  const lengths = Buffer.alloc(4 * COUNT)
  const parts: Uint8Array[] = [lengths]
  for (let index = 0; index < COUNT; index++) {
    const tile = tiles.get(index)
    if (tile === undefined) continue
    lengths.writeUInt32BE(tile.byteLength, 4 * index)
    parts.push(tile)
  }
  return Buffer.concat(parts)
}

/** Where a raster tile lies in its metatile. */
export const placeInMetatile = ({ x, y }: { x: number; y: number }): number =>
  (y % METATILE_TILES) * METATILE_TILES + (x % METATILE_TILES)

/** A tile of a metatile, sharing its memory. @throws Error when the metatile lacks it. */
export function tileOfMetatile(metatile: Buffer, index: number): Buffer {
  let start = 4 * COUNT
  for (let before = 0; before < index; before++) start += metatile.readUInt32BE(4 * before)
  const length = metatile.readUInt32BE(4 * index)
  if (length === 0) throw new Error(`the metatile has no tile ${index}`)
  return metatile.subarray(start, start + length)
}
