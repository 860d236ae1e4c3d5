import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec'
import type { StyleOptions } from './style-options.ts'

export const ATTRIBUTION =
  'Not for navigation. Charts: <a href="https://nauticalcharts.noaa.gov/" target="_blank" rel="noopener">NOAA</a> ' +
  'and other hydrographic offices. Land: Natural Earth'

/** Zoom up to which there are tiles; clients stretch the last ones. */
const MAX_ZOOM = 16

/** The chart tiles as source `enc`, and imagery as source `satellite`. */
export function sourcesOf({ base, token, showSatellite, satelliteTileUrl }: StyleOptions): StyleSpecification['sources'] {
  const query = token === null ? '' : `?token=${encodeURIComponent(token)}`
  return {
    enc: {
      type: 'vector',
      tiles: [`${base}/api/v2/tiles/enc-v2/{z}/{x}/{y}.mvt${query}`],
      minzoom: 0,
      maxzoom: MAX_ZOOM,
      attribution: ATTRIBUTION,
    },
    ...(showSatellite &&
      satelliteTileUrl !== null && { satellite: { type: 'raster', tiles: [satelliteTileUrl], tileSize: 256 } }),
  }
}
