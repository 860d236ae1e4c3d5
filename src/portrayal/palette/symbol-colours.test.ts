import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSymbolColours, symbolColours, writeSymbolColours } from './symbol-colours.ts'
import { TOKENS } from './tokens.ts'

test('a style that changes no colour, or to that of its theme, has the symbols of the theme', () => {
  assert.equal(symbolColours('dusk', {}), null)
  assert.equal(symbolColours('dusk', { CHMGD: TOKENS.dusk.CHMGD.toUpperCase(), NOSUCH: '#112233' }), null)
})

test('outlines of symbols follow CHBLK', () => {
  const colours = symbolColours('night', { CHBLK: '#102030' })
  assert.deepEqual(colours?.changed, ['CHBLK', 'OUTLW'])
  assert.equal(colours?.palette['OUTLW'], '#102030')
  assert.equal(colours?.palette['CHMGD'], TOKENS.night.CHMGD)
})

test('changed colours read from an address are those that were written', () => {
  const colours = symbolColours('day', { CHMGD: '#ABCDEF', CHBLK: '#102030' })
  assert.ok(colours !== null)
  const text = writeSymbolColours(colours)
  assert.equal(text, 'CHBLK-102030.CHMGD-abcdef.OUTLW-102030')
  assert.deepEqual(symbolColours('day', readSymbolColours(text) ?? {}), colours)
})

test('an address with an unknown token or no colour is refused', () => {
  for (const text of [
    '',
    'CHBLK',
    'CHBLK-12345',
    'NOSUC-112233',
    'CHBLK-112233.',
    '__proto__-112233',
    'CHBLK-112233,CHMGD-112233',
  ])
    assert.equal(readSymbolColours(text), null, text)
})
