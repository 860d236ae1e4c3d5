import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StyleDocument } from '../map/chart-document.ts'
import { filled, filledStyle, type SlotColours, slotsIn, spriteOf, textOf, usesOf } from './slot-style.ts'

const THEME: Record<string, string> = { LANDA: '#0000aa', CHBLK: '#0000bb', CHGRD: '#0000cc' }
const colours = (chosen: Record<string, string> = {}): SlotColours => ({
  chosen: (slot) => chosen[slot],
  theme: (slot) => THEME[slot] ?? 'unknown',
  all: chosen,
})

test('a slot is filled with the chosen colour, else with that of the theme, also within an expression', () => {
  const value = ['match', ['get', 'x'], 1, '$LANDA', '$CHBLK']
  assert.deepEqual(filled(value, colours({ LANDA: '#ffffff' })), ['match', ['get', 'x'], 1, '#ffffff', '#0000bb'])
  assert.equal(filled(4, colours()), 4)
})

test('the second colour of a pair applies until its slot is chosen', () => {
  assert.equal(filled('$CHBLK?#364147', colours()), '#364147')
  assert.equal(filled('$CHBLK?#364147', colours({ CHBLK: '#111111' })), '#111111')
  assert.equal(filled('$SNDG1?$CHGRD', colours()), '#0000cc')
  assert.equal(filled('$SNDG1?$CHGRD', colours({ CHGRD: '#222222' })), '#222222')
})

test('each slot knows the properties that name it, and a style is filled as a whole', () => {
  const document = {
    sources: {},
    layers: [
      { id: 'land', type: 'fill', paint: { 'fill-color': '$LANDA', 'fill-opacity': 0.5 } },
      { id: 'text', type: 'symbol', paint: { 'text-color': ['case', true, '$SNDG1?$CHGRD', '$LANDA'] } },
      { id: 'pattern', type: 'fill' },
    ],
  } as StyleDocument
  const uses = usesOf(document)
  assert.deepEqual([...uses.keys()].toSorted(), ['CHGRD', 'LANDA', 'SNDG1'])
  assert.deepEqual(
    uses.get('LANDA')?.map(({ layer, property }) => `${layer} ${property}`),
    ['land fill-color', 'text text-color'],
  )
  assert.equal(textOf(document, 'SNDG1'), '$SNDG1?$CHGRD')
  assert.equal(textOf(document, 'CHBLK'), '$CHBLK')
  assert.deepEqual([...slotsIn('$OUTLW?$CHBLK')], ['OUTLW', 'CHBLK'])
  assert.deepEqual(filledStyle(document, colours({ LANDA: '#ffffff' })).layers[0], {
    id: 'land',
    type: 'fill',
    paint: { 'fill-color': '#ffffff', 'fill-opacity': 0.5 },
  })
})

test('symbols have the address of the chosen colours, and that of the theme while none is chosen', () => {
  const metadata = { 'chartroom:colouredSprite': 'http://host/sprites/day?colours={colours}' }
  const document = { sources: {}, layers: [], sprite: 'http://host/day', metadata } as StyleDocument
  assert.equal(spriteOf(document, colours()), 'http://host/day')
  const chosen = colours({ LANDA: '#ffffff', CHBLK: '#102030' })
  assert.equal(spriteOf(document, chosen), 'http://host/sprites/day?colours=CHBLK-102030.LANDA-ffffff')
  assert.equal(filledStyle(document, chosen)['sprite'], spriteOf(document, chosen))
  assert.equal(spriteOf({ ...document, metadata: {} }, chosen), 'http://host/day')
})
