import type { FieldError } from '#lib/errors.ts'
import { paletteOf } from '#portrayal/palette/palette-of.ts'
import { slots } from '#portrayal/palette/slots.ts'
import type { Theme } from '#portrayal/palette/tokens.ts'
import { STYLE_DEFAULTS } from '#portrayal/style/style-options.ts'
import { type StyleSettings, settingRules } from './style-settings.ts'

/** The content of a custom style. Unknown keys are kept at every level; they have no effect. */
export interface StyleParameters {
  /** Colour slot (S-52 token) to `#rrggbb`. */
  colors?: Record<string, unknown>
  settings?: Record<string, unknown>
  [key: string]: unknown
}

/** Of the parameters as JSON, in bytes. */
export const MAXIMUM_PARAMETER_BYTES = 65_536
const MAXIMUM_FIELDS = 20

/** The parameters that a new style starts with: palette and settings of a theme. */
export function startParameters(theme: Theme): Required<Pick<StyleParameters, 'colors' | 'settings'>> {
  const { token: _token, classes: _classes, colors: _colors, ...settings } = STYLE_DEFAULTS
  const palette = paletteOf(theme)
  const colors = Object.fromEntries(slots().map(({ slot }) => [slot, palette[slot]]))
  const given = Object.entries(settings).filter(([, value]) => value !== null)
  return { colors, settings: { ...Object.fromEntries(given), theme, iconSet: `enc-${theme}` } }
}

/**
 * Checks the parameters of a custom style.
 *
 * @returns wrong fields as JSON pointers into the parameters; empty when they can be used.
 */
export function checkParameters(parameters: unknown): FieldError[] {
  if (!isObject(parameters)) return [{ field: '', message: 'must be a JSON object' }]
  if (Buffer.byteLength(JSON.stringify(parameters)) > MAXIMUM_PARAMETER_BYTES) {
    return [{ field: '', message: `must have at most ${MAXIMUM_PARAMETER_BYTES} bytes as JSON` }]
  }
  const wrong: FieldError[] = []
  const { colors = {}, settings = {} } = parameters
  if (!isObject(colors)) wrong.push({ field: '/colors', message: 'must be a JSON object' })
  else {
    for (const { slot } of slots()) {
      if (Object.hasOwn(colors, slot) && !isColour(colors[slot])) {
        wrong.push({ field: `/colors/${slot}`, message: 'must be a colour such as #61b7ff' })
      }
    }
  }
  if (!isObject(settings)) wrong.push({ field: '/settings', message: 'must be a JSON object' })
  else {
    for (const [name, { holds, accepts }] of settingRules) {
      if (Object.hasOwn(settings, name) && !holds(settings[name])) {
        wrong.push({ field: `/settings/${name}`, message: accepts })
      }
    }
  }
  return wrong.slice(0, MAXIMUM_FIELDS)
}

/**
 * What a custom style sets: its colours, and those of its settings that have an effect. The theme, which chooses the symbols, is that of
 * the settings, else that in the name of the icon set (`enc-night`). A colour that equals the theme's is not counted as set, so that texts
 * of a new style are as bright at night as those of the theme, and another theme brings its own colours.
 */
export function readParameters({ colors, settings }: StyleParameters): {
  colors: Record<string, string>
  settings: Partial<StyleSettings>
} {
  const known: Record<string, unknown> = {}
  if (isObject(settings)) {
    const theme = /-(day|dusk|night)$/.exec(String(settings['iconSet'] ?? ''))?.[1]
    if (theme !== undefined) known['theme'] = theme
    for (const [name, { holds }] of settingRules) {
      if (Object.hasOwn(settings, name) && holds(settings[name])) known[name] = settings[name]
    }
  }
  const own: Readonly<Record<string, string>> = paletteOf((known['theme'] as Theme | undefined) ?? STYLE_DEFAULTS.theme)
  const painted = Object.entries(isObject(colors) ? colors : {}).filter(
    (entry): entry is [string, string] => isColour(entry[1]) && entry[1].toLowerCase() !== own[entry[0]],
  )
  return { colors: Object.fromEntries(painted), settings: known as Partial<StyleSettings> }
}

function isColour(value: unknown): value is string {
  return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value)
}

/** A JSON object, not an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
