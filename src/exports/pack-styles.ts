import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec'
import { type SymbolColours, symbolColours } from '#portrayal/palette/symbol-colours.ts'
import { buildStyle } from '#portrayal/style/build-style.ts'
import { STYLE_DEFAULTS, type StyleOptions } from '#portrayal/style/style-options.ts'
import { readParameters, type StyleParameters } from '#styles/style-parameters.ts'
import { type RasterStyle, toRasterStyle } from '#tiles/products/png/raster-style.ts'
import { boundsOf } from './pack-box.ts'
import { PACK_THEMES, type PackSpec } from './pack-spec.ts'

/** Addresses of the parts of a pack, as a style names them. */
export interface PackAddresses {
  /** Of the source: `tiles` with placeholders, or `url` of an archive. */
  source: { tiles: string[] } | { url: string }
  /** Folder of `sprites` and `glyphs`, without a slash at the end. */
  assets: string
  /** In HTML. */
  attribution: string
}

/** What raster tiles of a pack are painted from. */
export function rasterStyleOf(spec: PackSpec, custom: StyleParameters | null): RasterStyle {
  return toRasterStyle(optionsOf(spec, custom, spec.theme, '', null))
}

/** The symbol colours of the themes of a pack that change some. */
export function packColours(spec: PackSpec, custom: StyleParameters | null): Map<PackSpec['theme'], SymbolColours> {
  const themes = spec.kind === 'raster' ? [] : PACK_THEMES
  return new Map(
    themes.flatMap((theme) => {
      const colours = symbolColours(theme, optionsOf(spec, custom, theme, '', null).colors)
      return colours === null ? [] : [[theme, colours] as const]
    }),
  )
}

/**
 * The styles of a pack by theme: of all themes for vector tiles, one of a single layer for raster tiles.
 *
 * @param classes object classes in the charts of the account.
 */
export function packStyles(
  spec: PackSpec,
  custom: StyleParameters | null,
  classes: ReadonlySet<string>,
  { source, assets, attribution }: PackAddresses,
): Partial<Record<PackSpec['theme'], StyleSpecification>> {
  const { minZoom, maxZoom, box, kind, theme } = spec
  const common = { ...source, minzoom: minZoom, maxzoom: maxZoom, bounds: boundsOf(box), attribution }
  if (kind === 'raster') {
    const style: StyleSpecification = {
      version: 8,
      name: `Chartroom ${theme}`,
      sources: { enc: { type: 'raster', tileSize: 256, ...common } },
      layers: [{ id: 'charts', type: 'raster', source: 'enc', paint: { 'raster-fade-duration': 0 } }],
    }
    return { [theme]: style }
  }
  return Object.fromEntries(
    PACK_THEMES.map((each) => {
      const style = buildStyle(optionsOf(spec, custom, each, assets, classes))
      return [each, { ...style, sources: { enc: { type: 'vector', ...common } } }]
    }),
  )
}

function optionsOf(
  spec: PackSpec,
  custom: StyleParameters | null,
  theme: PackSpec['theme'],
  assets: string,
  classes: ReadonlySet<string> | null,
): StyleOptions {
  const { colors, settings } = readParameters(custom ?? {})
  return {
    ...STYLE_DEFAULTS,
    ...settings,
    // A custom style changes colours of its own theme only.
    colors: theme === (settings.theme ?? spec.theme) ? colors : {},
    ...{ theme, base: '', assets, classes, token: null },
    // A pack is used without a network.
    ...{ showSatellite: false, satelliteTileUrl: null, showUserReports: false, glyphs: null, font: null },
  }
}
