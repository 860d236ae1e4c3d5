import type { StyleOptions } from '#portrayal/style/style-options.ts'
import * as checks from './setting-checks.ts'

/** The settings of a custom style; a query parameter of the same name takes precedence. */
export type StyleSettings = Omit<
  StyleOptions,
  'base' | 'assets' | 'colouredSprites' | 'attribution' | 'token' | 'classes' | 'colors'
>

/** Accepted values of one setting, in words and as a test. */
interface SettingRule {
  accepts: string
  holds(value: unknown): boolean
}

const flag: SettingRule = { accepts: 'must be true or false', holds: (value) => typeof value === 'boolean' }
const depth: SettingRule = { accepts: checks.DEPTH_ACCEPTS, holds: checks.isDepth }
const optional = (rule: SettingRule): SettingRule => ({
  accepts: `${rule.accepts}, or null`,
  holds: (value) => value === null || rule.holds(value),
})
const oneOf = (...values: readonly unknown[]): SettingRule => ({
  accepts: `must be one of ${values.join(', ')}`,
  holds: (value) => values.includes(value),
})
const layers: SettingRule = { accepts: 'must be an array of at most 500 style layer ids', holds: checks.areLayers }
const imagery: SettingRule = {
  accepts: checks.IMAGERY_ACCEPTS,
  holds: (value) => checks.isTemplate(value, ['z', 'x', 'y']),
}
const glyphs: SettingRule = {
  accepts: checks.GLYPHS_ACCEPTS,
  holds: checks.isGlyphs,
}

/** Every setting that has an effect. */
const SETTING_RULES: Readonly<Record<keyof StyleSettings, SettingRule>> = {
  theme: oneOf('day', 'dusk', 'night'),
  iconSet: {
    accepts: 'must be a name of 1 to 100 characters, such as enc-day, simplified or paper',
    holds: (value) => typeof value === 'string' && value.length > 0 && value.length <= 100,
  },
  soundingOpacity: {
    accepts: 'must be a number from 0 to 1',
    holds: (value) => typeof value === 'number' && value >= 0 && value <= 1,
  },
  areaBoundaries: oneOf('symbolized', 'plain'),
  depthLimit: depth,
  shallowDepth: optional(depth),
  deepDepth: optional(depth),
  depthUnits: oneOf('meters', 'feet', 'fathoms'),
  roundOffSoundings: flag,
  twoShades: flag,
  shallowPattern: flag,
  isolatedShallow: flag,
  showLowAccuracy: flag,
  showLightSectors: flag,
  showFullSectorLegs: flag,
  showEncBoundaries: flag,
  showMaritimeBoundaries: oneOf(false, 'lines', 'full'),
  showPlaceNames: flag,
  showOverscale: flag,
  showNoData: flag,
  showUserReports: flag,
  showSatellite: flag,
  maskLandAreas: flag,
  satelliteTileUrl: optional(imagery),
  hideLayers: layers,
  showLayers: layers,
  glyphs: optional(glyphs),
  font: optional({ accepts: checks.FONT_ACCEPTS, holds: checks.isFont }),
}

/** Name and rule of each setting that has an effect. */
export const settingRules = Object.entries(SETTING_RULES) as [keyof StyleSettings, SettingRule][]
