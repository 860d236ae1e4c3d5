import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nightTextToken } from './night-text.ts'
import { TOKENS } from './tokens.ts'

const luminance = (colour: string) => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

test('texts at night are brighter than their tokens, and remain in the palette', () => {
  for (const token of ['CHBLK', 'SNDG1'] as const) {
    const brighter = nightTextToken(token, {})
    assert.ok(luminance(TOKENS.night[brighter as 'CHBLK']) > luminance(TOKENS.night[token]), token)
  }
  assert.equal(nightTextToken('SNDG2', {}), 'SNDG2')
})

test('deep soundings stay dimmer than shallow ones at night', () => {
  const deep = TOKENS.night[nightTextToken('SNDG1', {}) as 'CHGRD']
  assert.ok(luminance(deep) < luminance(TOKENS.night.SNDG2))
})

test('a colour that the caller chose stays', () => {
  assert.equal(nightTextToken('CHBLK', { CHBLK: '#ff0000' }), 'CHBLK')
})
