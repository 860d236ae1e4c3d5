import type { Camera } from '../map/map-view.ts'

/** A tile of 256 pixels, and where in it a place lies: from its west and north edges, 0 to 1. */
export interface PlacedTile {
  tile: { z: number; x: number; y: number }
  at: { x: number; y: number }
}

/** The tile that shows a place with its surroundings. */
export function tileOf({ latitude, longitude, zoom }: Camera): PlacedTile {
  const z = Math.max(2, Math.min(16, Math.round(zoom) - 1))
  const size = 2 ** z
  const angle = (latitude * Math.PI) / 180
  const along = ((longitude + 180) / 360) * size
  const down = ((1 - Math.asinh(Math.tan(angle)) / Math.PI) / 2) * size
  const [x, y] = [along, down].map((part) => Math.max(0, Math.min(size - 1, Math.floor(part)))) as [number, number]
  return { tile: { z, x, y }, at: { x: along - x, y: down - y } }
}
