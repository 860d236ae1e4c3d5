import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scaleOrUsual, zoomOfScale } from './scale.ts'

test('zoomOfScale uses tiles of 512 pixels of 0.28 mm and the latitude', () => {
  for (const [scale, equator, north] of [
    [3_500_000, 6.32, 5.82],
    [90_000, 11.6, 11.1],
    [12_000, 14.51, 14.01],
    [2_000, 17.09, 16.59],
  ] as const) {
    assert.equal(zoomOfScale(scale, 0).toFixed(2), equator.toFixed(2))
    assert.equal(zoomOfScale(scale, 45).toFixed(2), north.toFixed(2))
  }
})

test('a cell without a compilation scale has the usual scale of its usage band', () => {
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6].map((band) => scaleOrUsual(0, band)),
    [3_500_000, 700_000, 180_000, 45_000, 12_000, 4_000],
  )
  assert.equal(scaleOrUsual(0, 9), 45_000, 'a band outside 1 to 6')
  assert.equal(scaleOrUsual(22_000, 5), 22_000, 'a stated scale always wins')
})
