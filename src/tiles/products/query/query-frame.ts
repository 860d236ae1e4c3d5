import { metresPerDegree } from '#geo/ellipsoid-distance.ts'
import type { TileFrame } from '#geo/tile-frame.ts'
import { EXTENT } from '#geo/tile-grid.ts'
import { WORLD, WORLD_BITS, xOfLongitude, yOfLatitude } from '#geo/world.ts'

export interface FeatureQuery {
  /** Degrees. */
  longitude: number
  latitude: number
  /** Metres on the ellipsoid. */
  radius: number
  /** Tile zoom: cells take precedence as in the tiles of this zoom. */
  zoom: number
  /** Whether to add a sentence and the source to each feature. */
  describe?: boolean
  /** Only objects of these classes, which may include magnetic variation. */
  classes?: readonly string[]
}

const DETAIL_ZOOM = 16
const UNIT = 2 ** (WORLD_BITS - 12 - DETAIL_ZOOM)
/** The northern half of a circle is larger on the map than its southern half: a tenth more holds both. */
const SLACK = 1.1

/** The grid around the position of a query: units of zoom 16, in a box that holds its circle. */
export function queryFrame({ longitude, latitude, radius }: FeatureQuery): TileFrame {
  const x = xOfLongitude(longitude) / UNIT
  const y = yOfLatitude(latitude) / UNIT
  const { north, east } = metresPerDegree(latitude)
  const dx = (((radius / east) * WORLD) / 360 / UNIT) * SLACK + 2
  const dy = (((radius / north / Math.cos((latitude * Math.PI) / 180)) * WORLD) / 360 / UNIT) * SLACK + 2
  const tile = { z: DETAIL_ZOOM, x: Math.floor(x / EXTENT), y: Math.floor(y / EXTENT) }
  const [left, top] = [x - tile.x * EXTENT - dx, y - tile.y * EXTENT - dy]
  return {
    tile,
    detailZoom: DETAIL_ZOOM,
    extent: EXTENT,
    unit: UNIT,
    box: {
      left: Math.floor(left),
      top: Math.floor(top),
      right: Math.ceil(left + 2 * dx),
      bottom: Math.ceil(top + 2 * dy),
    },
  }
}
