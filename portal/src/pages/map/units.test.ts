import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bearingText, depthRangeText, depthText, distanceText, longDistanceText, safetyMetres, safetyNumber } from './units.ts'

test('a depth is never written deeper than charted, and a drying height never lower', () => {
  assert.equal(depthText(5.49, 'meters'), '5.4 m')
  assert.equal(depthText(0.3048 * 18, 'feet'), '18 ft')
  assert.equal(depthText(5.4, 'feet'), '17 ft')
  assert.equal(depthText(-2.41, 'meters'), 'dries 2.5 m')
  assert.equal(depthText(0, 'fathoms'), '0 fm')
})

test('a range names both ends once, and what dries', () => {
  assert.equal(depthRangeText(5.4, 9.1, 'meters'), '5.4 to 9.1 m')
  assert.equal(depthRangeText(5.4, 5.4, 'meters'), '5.4 m')
  assert.equal(depthRangeText(5.4, null, 'meters'), '5.4 m')
  assert.equal(depthRangeText(-2.4, 1.8, 'meters'), 'dries 2.4 m to 1.8 m deep')
  assert.equal(depthRangeText(-2.4, 0, 'meters'), 'dries 0 to 2.4 m')
  assert.equal(depthRangeText(null, null, 'meters'), null)
})

test('a safety depth survives the way through a unit', () => {
  for (const [value, unit] of [
    [10, 'feet'],
    [2.5, 'fathoms'],
    [3, 'meters'],
  ] as const) {
    assert.equal(safetyNumber(safetyMetres(value, unit) ?? -1, unit), value)
  }
  assert.equal(safetyMetres(-1, 'meters'), null)
  assert.equal(safetyMetres(1_001, 'meters'), null)
  assert.equal(safetyMetres(Number.NaN, 'feet'), null)
})

test('distances and bearings read as on charts', () => {
  assert.equal(distanceText(1_852 * 3.456, 'meters', 'nautical'), '3.46 NM')
  assert.equal(distanceText(500, 'meters', 'nautical'), '500 m')
  assert.equal(distanceText(304.8, 'feet', 'nautical'), '1000 ft')
  assert.equal(distanceText(1_852 * 3.456, 'meters', 'kilometers'), '6.40 km')
  assert.equal(distanceText(16_093.44, 'feet', 'statute'), '10.0 mi')
  assert.equal(longDistanceText(100, 'nautical'), '0.05 NM')
  assert.equal(bearingText(4.96), '005.0°')
  assert.equal(bearingText(359.98), '000.0°')
})
