import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slots } from '#portrayal/palette/slots.ts'
import { THEMES } from '#portrayal/palette/tokens.ts'
import { buildSlotStyle, buildStyle } from './build-style.ts'
import { STYLE_DEFAULTS } from './style-options.ts'

/** Fills slots in as an editor does. */
function filled(value: unknown, colourOf: (slot: string) => string | undefined, own: (slot: string) => string): unknown {
  if (Array.isArray(value)) return value.map((part) => filled(part, colourOf, own))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, filled(part, colourOf, own)]))
  if (typeof value !== 'string' || !value.startsWith('$')) return value
  const [slot = '', otherwise] = value.slice(1).split('?')
  return colourOf(slot) ?? (otherwise === undefined ? own(slot) : filled(otherwise, colourOf, own))
}

test('a style with slots, once they are filled in, is the style of these colours', () => {
  const options = { ...STYLE_DEFAULTS, base: '', assets: '', showMaritimeBoundaries: 'full' as const, showUserReports: true }
  for (const theme of THEMES) {
    for (const chosen of [[], ['LANDA', 'DEPVS'], ['CHBLK'], ['SNDG1', 'CHGRD'], ['OUTLW'], slots().map(({ slot }) => slot)]) {
      const colors = Object.fromEntries(
        chosen.map((slot, index) => [slot, `#${(0x10_20_30 + index).toString(16).padStart(6, '0')}`]),
      )
      const { layers } = buildSlotStyle({ ...options, theme, colors })
      const own = (slot: string) => slots().find((each) => each.slot === slot)?.[theme] ?? 'unknown'
      const drawn = filled(
        layers.map(({ paint }) => paint),
        (slot) => colors[slot],
        own,
      )
      const expected = buildStyle({ ...options, theme, colors }).layers.map(({ paint }) => paint)
      assert.deepEqual(drawn, expected, `${theme}: ${chosen}`)
    }
  }
})
