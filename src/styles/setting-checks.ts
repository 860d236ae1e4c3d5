// Checks shared by the settings of custom styles and the query of the style document.

/** The largest safety, shallow or deep depth. */
const MAXIMUM_DEPTH = 1_000
export const DEPTH_ACCEPTS = `must be a number of metres from 0 to ${MAXIMUM_DEPTH}, such as 3 or 4.5`
export const LAYERS_ACCEPTS = 'must be style layer ids separated by commas, such as s57_depare,s57_lights_2'
export const GLYPHS_ACCEPTS = 'must be an http, https or mapbox URL with {fontstack} and {range} and at most 2000 characters'
export const IMAGERY_ACCEPTS = 'must be an http or https URL with {z}, {x} and {y} and at most 2000 characters'
export const FONT_ACCEPTS = 'must be the name of a font: 1 to 100 letters, digits, spaces, dots, dashes or underscores'

const MAXIMUM_URL = 2_000
const MAXIMUM_LAYERS = 500

/** A depth in metres. */
export function isDepth(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= MAXIMUM_DEPTH
}

/** A decimal number without sign, exponent or spaces; null for anything else. */
export function parseDepth(text: string): number | null {
  const depth = /^\d{1,4}(\.\d{1,6})?$/.test(text) ? Number(text) : null
  return isDepth(depth) ? depth : null
}

/** Layer ids from a list separated by commas; an empty text is an empty list, null marks a wrong one. */
export function parseLayers(text: string): string[] | null {
  if (text === '') return []
  const ids = text.split(',').map((id) => id.trim())
  return areLayers(ids) ? ids : null
}

/** A list of style layer ids. */
export function areLayers(ids: unknown): ids is string[] {
  return (
    Array.isArray(ids) && ids.length <= MAXIMUM_LAYERS && ids.every((id) => typeof id === 'string' && /^[\w.-]{1,100}$/.test(id))
  )
}

/** A glyphs address. Mapbox's own scheme is documented; only Mapbox's libraries, or a client's `transformRequest`, resolve it. */
export function isGlyphs(url: unknown): url is string {
  return isTemplate(url, ['fontstack', 'range'], /^(?:https?|mapbox):/i)
}

/** A URL that has all of these placeholders. */
export function isTemplate(url: unknown, placeholders: readonly string[], schemes = /^https?:/i): url is string {
  if (typeof url !== 'string' || url.length > MAXIMUM_URL) return false
  if (!schemes.test(url) || !/^[a-z]+:\/\/[^\s"<>\\]+$/i.test(url)) return false
  return placeholders.every((name) => url.includes(`{${name}}`)) && URL.canParse(url)
}

/** The name of a font. */
export function isFont(font: unknown): font is string {
  return typeof font === 'string' && /^[\p{L}\p{N}._-][\p{L}\p{N} ._-]{0,99}$/u.test(font)
}
