import { buildStyle } from '#portrayal/style/build-style.ts'
import { STYLE_DEFAULTS, type StyleOptions } from '#portrayal/style/style-options.ts'
import { readParameters, type StyleParameters } from '#styles/style-parameters.ts'
import type { StyleSettings } from '#styles/style-settings.ts'
import { type RasterStyle, toRasterStyle } from '#tiles/products/png/raster-style.ts'

/** Styles remembered at once; each has some hundred kilobytes. */
const MOST = 16

/**
 * Builds the styles that raster tiles are painted from: the same documents as `base.json`, without addresses and with the layers of all
 * classes, so that the same settings give every account and host the same tiles.
 */
export function createRasterStyles(): (custom: StyleParameters, given: Partial<StyleSettings>) => RasterStyle {
  const known = new Map<string, RasterStyle>()
  return (custom, given) => {
    const { colors, settings } = readParameters(custom)
    // Imagery and the glyphs of others would have to be fetched; the painter has its own.
    const options: StyleOptions = {
      ...STYLE_DEFAULTS,
      ...settings,
      ...given,
      colors,
      base: '',
      assets: '',
      // Reports change from minute to minute; they have tiles of their own.
      showUserReports: false,
      showSatellite: false,
      satelliteTileUrl: null,
    }
    const key = JSON.stringify(options)
    const style = known.get(key) ?? toRasterStyle(buildStyle(options), options.theme)
    // The last used is the last in the map.
    known.delete(key)
    known.set(key, style)
    const [oldest] = known.keys()
    if (known.size > MOST && oldest !== undefined) known.delete(oldest)
    return style
  }
}
