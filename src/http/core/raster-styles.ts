import { STYLE_DEFAULTS } from '#portrayal/style/style-options.ts'
import { readParameters, type StyleParameters } from '#styles/style-parameters.ts'
import type { StyleSettings } from '#styles/style-settings.ts'
import { type RasterStyle, toRasterStyle } from '#tiles/products/png/raster-style.ts'

/** What raster tiles are painted from: the style of `base.json` with the same parameters. */
export function rasterStyleOf(custom: StyleParameters, given: Partial<StyleSettings>): RasterStyle {
  const { colors, settings } = readParameters(custom)
  return toRasterStyle({ ...STYLE_DEFAULTS, ...settings, ...given, colors })
}
