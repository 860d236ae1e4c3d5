import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paletteOf } from './palette-of.ts'
import { slots } from './slots.ts'
import { TOKENS } from './tokens.ts'

test('a palette without overrides has the colours of its theme', () => {
  for (const theme of ['day', 'dusk', 'night'] as const) {
    const { OUTLW, ...palette } = paletteOf(theme)
    const { OUTLW: _, ...tokens } = TOKENS[theme]
    assert.deepEqual(palette, tokens)
    assert.equal(OUTLW, tokens.CHBLK)
  }
})

test('an override replaces one colour of the palette', () => {
  const palette = paletteOf('day', { DEPDW: '#ABCDEF', OUTLW: '#010203' })
  assert.equal(palette.DEPDW, '#abcdef')
  assert.equal(palette.OUTLW, '#010203')
  assert.equal(palette.DEPMD, TOKENS.day.DEPMD)
})

test('overrides of unknown tokens or with malformed colours have no effect', () => {
  assert.deepEqual(paletteOf('dusk', { NOSUCH: '#123456', DEPDW: 'red', __proto__: '#123456' }), paletteOf('dusk'))
})

test('outlines follow an overridden CHBLK', () => {
  assert.equal(paletteOf('night', { CHBLK: '#111111' }).OUTLW, '#111111')
})

test('each slot appears once, with the three defaults of its token', () => {
  const names = slots().map(({ slot }) => slot)
  assert.equal(new Set(names).size, names.length)
  for (const { slot, day, dusk, night, description } of slots()) {
    assert.deepEqual([day, dusk, night], [TOKENS.day[slot], TOKENS.dusk[slot], TOKENS.night[slot]])
    assert.ok(description.length > 0)
  }
})
