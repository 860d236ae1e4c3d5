import type { Camera } from '../map/map-view.ts'

/** A tile of 256 pixels, and where in it a place lies: from its west and north edges, 0 to 1. */
export interface PlacedTile {
  tile: { z: number; x: number; y: number }
  at: { x: number; y: number }
}

/** The tile that shows a place with its surroundings: of three zooms the one that has the place nearest to its middle. */
export function tileOf(camera: Camera): PlacedTile {
  const zoom = Math.round(camera.zoom) - 1
  const offCentre = ({ at }: PlacedTile) => Math.max(Math.abs(at.x - 0.5), Math.abs(at.y - 0.5))
  const [best] = [zoom, zoom + 1, zoom - 1].map((z) => tileAt(camera, z)).toSorted((a, b) => offCentre(a) - offCentre(b))
  return best ?? tileAt(camera, zoom)
}

function tileAt({ latitude, longitude }: Camera, zoom: number): PlacedTile {
  const z = Math.max(2, Math.min(16, zoom))
  const size = 2 ** z
  const angle = (latitude * Math.PI) / 180
  const along = ((longitude + 180) / 360) * size
  const down = ((1 - Math.asinh(Math.tan(angle)) / Math.PI) / 2) * size
  const [x, y] = [along, down].map((part) => Math.max(0, Math.min(size - 1, Math.floor(part)))) as [number, number]
  return { tile: { z, x, y }, at: { x: along - x, y: down - y } }
}
