import type { Theme } from '#portrayal/palette/tokens.ts'
import type { DepthUnits } from '#portrayal/text/depth-units.ts'

/** What a chart style depends on. Depths are metres, addresses absolute. */
export interface StyleOptions {
  /** Origin of the server, such as `https://host:9909`, without a slash at the end. */
  base: string
  /** Token for the addresses of tiles; null keeps the addresses free of it. */
  token: string | null
  /** Address of the static files with their version. */
  assets: string
  /**
   * Address of sprites in changed colours, to which `/<theme>` and the colours are added; null where there are none and `assets` has the
   * sprite of each theme in the colours of the style.
   */
  colouredSprites: string | null
  /** Names the sources of the charts, in HTML; empty for none. */
  attribution: string
  /** Object classes of the caller's cells; null for all. */
  classes: ReadonlySet<string> | null
  theme: Theme
  /** Colours that replace those of the theme: token to `#rrggbb`. */
  colors: Readonly<Record<string, string>>
  /** Safety depth and safety contour S. */
  depthLimit: number
  /** Shallow contour; null for min(2, S). */
  shallowDepth: number | null
  /** Deep contour; null for max(30, S). */
  deepDepth: number | null
  depthUnits: DepthUnits
  roundOffSoundings: boolean
  /** Two shades of water, safe and not safe, instead of four. */
  twoShades: boolean
  /** A pattern on all water that is not safe: it helps at night, and people with impaired colour vision. */
  shallowPattern: boolean
  /** Isolated dangers in water that is not safe itself, too. */
  isolatedShallow: boolean
  /** Marks points and areas of low accuracy. */
  showLowAccuracy: boolean
  showLightSectors: boolean
  /** Legs of sectors as long as the range of the light, instead of 25 mm. */
  showFullSectorLegs: boolean
  showEncBoundaries: boolean
  showMaritimeBoundaries: false | 'lines' | 'full'
  showPlaceNames: boolean
  showOverscale: boolean
  showNoData: boolean
  /** Adds the reports of users and the lines of their soundings. */
  showUserReports: boolean
  showSatellite: boolean
  maskLandAreas: boolean
  /** Raster tiles with `{z}`, `{x}`, `{y}`; without it `showSatellite` has no effect. */
  satelliteTileUrl: string | null
  hideLayers: readonly string[]
  /** When not empty, only these layers are visible. */
  showLayers: readonly string[]
  /** Glyph address of the caller, with `{fontstack}` and `{range}`; null for our own. */
  glyphs: string | null
  /** Font of all text; null for Noto Sans. */
  font: string | null
  /** `paper` for paper chart symbols, `simplified` for those of S-52; any other value for marks in their shape and colours. */
  iconSet: string
  /** 0 to 1. */
  soundingOpacity: number
  /** Boundaries of areas with symbols along them, or plain lines: the two look-up tables of S-52. */
  areaBoundaries: 'symbolized' | 'plain'
}

/** The documented defaults of every option that does not depend on the server. */
export const STYLE_DEFAULTS: Omit<StyleOptions, 'base' | 'assets'> = {
  token: null,
  colouredSprites: null,
  attribution: '',
  classes: null,
  theme: 'day',
  colors: {},
  depthLimit: 3,
  shallowDepth: null,
  deepDepth: null,
  depthUnits: 'meters',
  roundOffSoundings: false,
  twoShades: false,
  shallowPattern: false,
  isolatedShallow: false,
  showLowAccuracy: false,
  showLightSectors: true,
  showFullSectorLegs: false,
  showEncBoundaries: false,
  showMaritimeBoundaries: false,
  showPlaceNames: true,
  showOverscale: true,
  showNoData: true,
  showUserReports: false,
  showSatellite: false,
  maskLandAreas: false,
  satelliteTileUrl: null,
  hideLayers: [],
  showLayers: [],
  glyphs: null,
  font: null,
  iconSet: 'enc-day',
  soundingOpacity: 1,
  areaBoundaries: 'symbolized',
}
