import assert from 'node:assert/strict'
import { test } from 'node:test'
import { twinOfCell } from './twin-of-cell.ts'

for (const [name, description, twin] of [
  ['10100AA_X01NW', ';GB5X01NW;', 'GB5X01NW'],
  ['101GB00GB5X01NW', 'Harbour', 'GB5X01NW'],
  ['101GB005X01NW', '', 'GB5X01NW'],
  ['10100AA_X01NW', '', null],
  ['US5SAVCH', '', null],
] as const) {
  test(`the twin of ${name} (${description || 'without a description'}) is ${twin ?? 'not known'}`, () => {
    assert.equal(twinOfCell(name, [{ description }]), twin)
  })
}
