import type { ChartBox } from '../../api/tokens-api.ts'

/** Where a map begins: degrees, and the zoom of 512 px tiles. Raster tiles of 256 px have the same scale one zoom further in. */
export interface StartPlace {
  longitude: number
  latitude: number
  zoom: number
}

const WORLD: StartPlace = { longitude: 0, latitude: 20, zoom: 1 }
const DEEPEST = 15

/** The middle of a chart, at the zoom where it is about 1,000 pixels wide or high; the world without one. */
export function startPlace(chart: ChartBox | null): StartPlace {
  if (chart === null) return WORLD
  const [west, south, east, north] = chart.bbox
  const latitude = (south + north) / 2
  // Degrees of latitude are longer on the map than those of longitude.
  const degrees = Math.max(east - west, (north - south) / Math.cos((latitude * Math.PI) / 180))
  const zoom = Math.min(DEEPEST, Math.max(1, Math.floor(Math.log2((2 * 360) / degrees))))
  return { longitude: rounded((west + east) / 2), latitude: rounded(latitude), zoom }
}

/** The raster tile that contains a place, at its scale. */
export function rasterTileAt({ longitude, latitude, zoom }: StartPlace): { z: number; x: number; y: number } {
  const z = zoom + 1
  const sine = Math.sin((latitude * Math.PI) / 180)
  const x = (longitude + 180) / 360
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)
  return { z, x: Math.floor(x * 2 ** z), y: Math.floor(y * 2 ** z) }
}

function rounded(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5
}
