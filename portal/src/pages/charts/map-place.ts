import type { MapView } from '../map/map-view.ts'
import { writeCamera } from '../map/map-view.ts'

/** Scale denominator of zoom 0 on the equator, for tiles of 512 pixels of 0.28 mm, as docs/tiles.md has it. */
const SCALE_AT_ZOOM_0 = 279_541_132
/** Pixels of a map that a chart should at most fill. */
const ROOM = 640
const DEEPEST = 16

/** Where the map shows a chart: in its middle, at the first zoom that the chart is meant for, or nearer when it is small. */
export function mapPlaceOf({ bbox, scale }: { bbox: readonly number[]; scale: number }): Required<Pick<MapView, 'at'>> {
  const [west = 0, south = 0, east = 0, north = 0] = bbox
  const width = (east - west + 360) % 360
  const middle = west + width / 2
  const latitude = Math.max(-85, Math.min(85, (south + north) / 2))
  const narrowing = Math.cos((latitude * Math.PI) / 180)
  const meant = scale > 0 ? Math.floor(Math.log2((SCALE_AT_ZOOM_0 * narrowing) / scale)) : 0
  // Degrees of latitude are as long as those of longitude are at the equator.
  const across = Math.max(width, (north - south) / narrowing, 1e-6)
  const whole = Math.log2((360 * ROOM) / 512 / across)
  const zoom = Math.max(0, Math.min(DEEPEST, Math.max(meant, whole)))
  return { at: writeCamera({ latitude, longitude: middle > 180 ? middle - 360 : middle, zoom }) }
}
