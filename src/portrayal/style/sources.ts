import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec'
import { symbolColours, writeSymbolColours } from '#portrayal/palette/symbol-colours.ts'
import type { StyleOptions } from './style-options.ts'
import { FIRST_REPORT_ZOOM, USER_REPORTS_SOURCE } from './user-report-layers.ts'

/** Zoom up to which there are tiles; clients enlarge the deepest ones. */
const MAX_ZOOM = 16

/** The chart tiles as source `enc`, imagery as source `satellite`, and reports of users as source `userReports`. */
export function sourcesOf(options: StyleOptions): StyleSpecification['sources'] {
  const { base, token, attribution, showSatellite, satelliteTileUrl } = options
  const query = token === null ? '' : `?token=${encodeURIComponent(token)}`
  return {
    enc: {
      type: 'vector',
      tiles: [`${base}/api/v2/tiles/enc-v2/{z}/{x}/{y}.mvt${query}`],
      minzoom: 0,
      maxzoom: MAX_ZOOM,
      ...(attribution !== '' && { attribution }),
    },
    ...(showSatellite &&
      satelliteTileUrl !== null && { satellite: { type: 'raster', tiles: [satelliteTileUrl], tileSize: 256 } }),
    ...(options.showUserReports && {
      [USER_REPORTS_SOURCE]: {
        type: 'vector',
        tiles: [`${base}/api/v1/user-reports/tiles/{z}/{x}/{y}.mvt?includeBathymetry=true${query.replace('?', '&')}`],
        minzoom: FIRST_REPORT_ZOOM,
        maxzoom: MAX_ZOOM,
      },
    }),
  }
}

/** Address of the sprite: that of the theme, or the same in the colours that the caller has changed. */
export function spriteOf(options: StyleOptions): string {
  const { assets, theme, colors } = options
  const colours = symbolColours(theme, colors)
  const own = `${assets}/sprites/${theme}`
  return colours === null ? own : (colouredSpriteOf(options, writeSymbolColours(colours)) ?? own)
}

/** Address of the sprite in some colours, as `writeSymbolColours` writes them; null where there is none. */
export function colouredSpriteOf({ colouredSprites, theme, token }: StyleOptions, colours: string): string | null {
  if (colouredSprites === null) return null
  return `${colouredSprites}/${theme}?colours=${colours}${token === null ? '' : `&token=${encodeURIComponent(token)}`}`
}
