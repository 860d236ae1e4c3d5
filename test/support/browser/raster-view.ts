import { createCanvas, loadImage } from '@napi-rs/canvas'
import { TILE_PIXELS } from '#tiles/products/png/blocks.ts'

/** A window onto the world at a zoom of 256 px tiles. */
export interface RasterView {
  z: number
  /** Pixel of the world at its north-west corner. */
  left: number
  top: number
  width: number
  height: number
}

/** The window around a place, at whole pixels, and the place in its middle. @param center longitude, latitude in degrees. */
export function viewAround(
  [longitude, latitude]: readonly [number, number],
  z: number,
  { width, height }: { width: number; height: number },
): { view: RasterView; center: [number, number] } {
  const world = TILE_PIXELS * 2 ** z
  const sine = Math.sin((latitude * Math.PI) / 180)
  const x = Math.round(((longitude + 180) / 360) * world)
  const y = Math.round((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * world)
  const north = (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / world))) * 180) / Math.PI
  return { view: { z, left: x - width / 2, top: y - height / 2, width, height }, center: [(x / world) * 360 - 180, north] }
}

/** Puts the raster tiles of a window together, as a client does. @param address of a tile with `{z}`, `{x}` and `{y}`. @returns a PNG. */
export async function rasterPicture(address: string, { z, left, top, width, height }: RasterView): Promise<Buffer> {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  for (let y = Math.floor(top / TILE_PIXELS); y * TILE_PIXELS < top + height; y++) {
    for (let x = Math.floor(left / TILE_PIXELS); x * TILE_PIXELS < left + width; x++) {
      const response = await fetch(address.replace('{z}', `${z}`).replace('{x}', `${x}`).replace('{y}', `${y}`))
      if (response.status !== 200) throw new Error(`${response.url}: ${response.status}`)
      const tile = await loadImage(Buffer.from(await response.arrayBuffer()))
      context.drawImage(tile, x * TILE_PIXELS - left, y * TILE_PIXELS - top)
    }
  }
  return canvas.toBuffer('image/png')
}
