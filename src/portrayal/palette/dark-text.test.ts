import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textToken } from './dark-text.ts'
import { type Theme, TOKENS } from './tokens.ts'

const luminance = (colour: string) => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
const DARK: readonly Theme[] = ['dusk', 'night']

test('texts at dusk and at night are brighter than their tokens, and remain in the palette', () => {
  for (const theme of DARK) {
    for (const token of ['CHBLK', 'SNDG1'] as const) {
      const brighter = textToken(theme, token, {})
      assert.ok(luminance(TOKENS[theme][brighter as 'CHBLK']) > luminance(TOKENS[theme][token]), `${token} at ${theme}`)
    }
    assert.equal(textToken(theme, 'SNDG2', {}), 'SNDG2')
  }
})

test('texts by day have the tokens of the tables', () => {
  for (const token of ['CHBLK', 'SNDG1']) assert.equal(textToken('day', token, {}), token)
})

test('deep soundings stay dimmer than shallow ones in the dark', () => {
  for (const theme of DARK) {
    const deep = TOKENS[theme][textToken(theme, 'SNDG1', {}) as 'CHGRD']
    assert.ok(luminance(deep) < luminance(TOKENS[theme].SNDG2), theme)
  }
})

test('a colour that the caller chose stays', () => {
  assert.equal(textToken('night', 'CHBLK', { CHBLK: '#ff0000' }), 'CHBLK')
})
