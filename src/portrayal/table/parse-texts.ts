import type { TextAnchor, TextFormat, TextPart, TextUse } from './row.ts'

const HEIGHTS: ReadonlySet<string> = new Set(['VERCLR', 'VERCCL', 'VERCOP', 'VERCSA', 'HEIGHT', 'ELEVAT'])
const DEPTHS: ReadonlySet<string> = new Set(['DRVAL1', 'DRVAL2', 'VALDCO', 'VALSOU', 'DEPTH'])
const ANCHORS: ReadonlyMap<string, TextAnchor> = new Map(
  (['center', 'left', 'right', 'top', 'bottom', 'top-left', 'top-right', 'bottom-left', 'bottom-right'] as const).map(
    (anchor) => [anchor, anchor],
  ),
)
const USE = /^(?:"([^"]+)"|(\{[^{}]+\})) ([a-z-]+) (-?\d+),(-?\d+) (?:g|vg )(\d+)(?: ([A-Z0-9]{5}))?$/

/**
 * Parses the column `text`: templates with anchor, offset in ems, and group, separated by `;;`. A template is one value (`{OBJNAM}`), or in
 * quotes text with values in braces (`"clr {VERCLR:.1}"`). Throws an `Error` that quotes the text.
 */
export function parseTexts(column: string): TextUse[] {
  return column === '' ? [] : column.split(' ;; ').map(parseUse)
}

function parseUse(text: string): TextUse {
  const [, quoted, value, anchorName = '', right, down, group, token = 'CHBLK'] = USE.exec(text) ?? []
  const anchor = ANCHORS.get(anchorName)
  if (anchor === undefined)
    throw new Error(`Text "${text}": expected a template, an anchor, an offset and a group, such as "{OBJNAM} left 1,0 g26"`)
  return {
    parts: parseTemplate(quoted ?? value ?? ''),
    anchor,
    offset: [Number(right), Number(down)],
    group: Number(group),
    token,
  }
}

function parseTemplate(template: string): TextPart[] {
  return template
    .split(/(\{[^}]*\})/)
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('{') ? parseValue(part) : { kind: 'literal', text: part }))
}

/** Parses `{VERCLR:.1}`: an attribute, `?` when the rest of the text stays without it, and a format. */
function parseValue(text: string): TextPart {
  const [, attribute, optional, format = ''] = /^\{(\w+)(\?)?(?::([^}]+))?\}$/.exec(text) ?? []
  if (attribute === undefined) throw new Error(`Text value "${text}": expected an attribute, such as {OBJNAM} or {VERCLR:.1}`)
  return { kind: 'value', attribute, format: parseFormat(format, attribute), optional: optional === '?' }
}

function parseFormat(format: string, attribute: string): TextFormat {
  if (format === '') return { kind: 'text' }
  if (format === 'sounding' || format === 'contour' || format === 'seabed' || format === 'variation') return { kind: format }
  if (/^00+$/.test(format)) return { kind: 'padded', digits: format.length }
  const [, decimals, unit] = /^(?:0|\.(\d))(\+unit)?$/.exec(format) ?? [undefined, undefined, null]
  if (unit === null)
    throw new Error(
      `Text format "${format}" of ${attribute}: expected .1, 0, 000, sounding, contour, seabed or variation, and +unit after numbers`,
    )
  return { kind: 'number', decimals: Number(decimals ?? 0), quantity: quantityOf(attribute), unit: unit !== undefined }
}

function quantityOf(attribute: string): 'height' | 'depth' | 'range' | 'none' {
  if (HEIGHTS.has(attribute)) return 'height'
  if (DEPTHS.has(attribute)) return 'depth'
  return attribute === 'VALNMR' ? 'range' : 'none'
}
