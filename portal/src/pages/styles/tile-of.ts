import type { Camera } from '../map/map-view.ts'

/** The tile of 256 pixels that has a place in it. */
export function tileOf({ latitude, longitude, zoom }: Camera): { z: number; x: number; y: number } {
  const z = Math.max(2, Math.min(16, Math.round(zoom)))
  const size = 2 ** z
  const angle = (latitude * Math.PI) / 180
  const along = (longitude + 180) / 360
  const down = (1 - Math.log(Math.tan(angle) + 1 / Math.cos(angle)) / Math.PI) / 2
  const within = (part: number) => Math.max(0, Math.min(size - 1, Math.floor(part * size)))
  return { z, x: within(along), y: within(down) }
}
