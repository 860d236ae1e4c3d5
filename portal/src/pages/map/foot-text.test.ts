import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chartText, groundText } from './foot-text.ts'

const area = (DRVAL1?: number, DRVAL2?: number, sourceLayer = 's57_depare') => ({ sourceLayer, properties: { DRVAL1, DRVAL2 } })

test('the ground under a point is described with its range, and land as land', () => {
  assert.equal(groundText([area(5.4, 9.1)], 'meters'), '5.4 to 9.1 m')
  assert.equal(groundText([area(-2, 0)], 'meters'), 'Dries 0 to 2 m')
  assert.equal(groundText([area(5, 10), area(undefined, undefined, 's57_lndare')], 'meters'), 'Land')
  assert.equal(groundText([], 'meters'), '')
})

test('where two areas meet, the shoaler counts, and an area without a depth is unknown', () => {
  assert.equal(groundText([area(10, 20), area(5, 10)], 'feet'), '16 to 32 ft')
  assert.equal(groundText([area(10, 20), area()], 'meters'), 'Depth unknown')
})

test('the chart in use is shown with its edition and how far it is enlarged', () => {
  const cell = { cell: 'XX5DEMOA', edition: 3, update: 2, scale: 20_000 }
  const zoom = Math.log2(279_541_132 / 20_000)
  assert.equal(chartText(cell, 0, zoom), 'XX5DEMOA 3.2, 1:20 000')
  assert.equal(chartText(cell, 0, zoom + 1), 'XX5DEMOA 3.2, 1:20 000, drawn 2.0 times its scale')
  assert.equal(chartText(null, 0, 5), 'No chart here')
})
