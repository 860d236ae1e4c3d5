import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attributeRows } from './raw-rows.ts'

test('attributes have the names and the words of the catalogue, and unknown ones their acronym', () => {
  const names = { colour: { name: 'Colour', values: { '1': 'white', '3': 'red' } }, valsou: { name: 'Value of sounding' } }
  assert.deepEqual(attributeRows({ colour: '3,1', valsou: 4.2, oddone: null }, names), [
    { key: 'COLOUR', name: 'Colour', value: 'red, white (3, 1)' },
    { key: 'VALSOU', name: 'Value of sounding', value: '4.2' },
    { key: 'ODDONE', name: 'ODDONE', value: 'unknown' },
  ])
})
