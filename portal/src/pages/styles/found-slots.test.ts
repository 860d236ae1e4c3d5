import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slotsOfObject } from './found-slots.ts'

const colours = {
  chosen: () => undefined,
  all: {},
  theme: (slot: string) => ({ DEPVS: '#0000ff', DEPDW: '#00ff00' })[slot] ?? '#ff0000',
}
const area = { id: 'area', type: 'fill', paint: { 'fill-color': ['match', ['get', 'x'], 1, '$DEPVS', '$DEPDW'] } }

test('of the colours that a layer chooses from, the one of the object is found', () => {
  assert.deepEqual(slotsOfObject(area, { 'fill-color': { r: 0, g: 0, b: 1, a: 1 } }, colours), ['DEPVS'])
  assert.deepEqual(slotsOfObject(area, { 'fill-color': { r: 0, g: 0.5, b: 0, a: 0.5 } }, colours), ['DEPDW'], 'half transparent')
})

test('all of them are found when the colour of the object is none of them, or not known', () => {
  assert.deepEqual(slotsOfObject(area, { 'fill-color': { r: 1, g: 1, b: 1, a: 1 } }, colours), ['DEPVS', 'DEPDW'])
  assert.deepEqual(slotsOfObject(area, {}, colours), ['DEPVS', 'DEPDW'])
  assert.deepEqual(slotsOfObject({ id: 'icon', type: 'symbol' }, {}, colours), [])
})
