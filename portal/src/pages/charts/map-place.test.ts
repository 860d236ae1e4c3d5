import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mapPlaceOf } from './map-place.ts'

test('the map shows a chart in its middle at the first zoom that the chart is meant for', () => {
  assert.deepEqual(mapPlaceOf({ bbox: [-81, 31.9, -80.8, 32.1], scale: 12_000 }), { at: '32,-80.9,14' })
})

test('a chart that is small for its scale is shown nearer, and one without a scale whole', () => {
  assert.deepEqual(mapPlaceOf({ bbox: [0, 0, 0.01, 0.01], scale: 90_000 }), { at: '0.005,0.005,15.46' })
  assert.deepEqual(mapPlaceOf({ bbox: [0, 0, 45, 45], scale: 0 }), { at: '22.5,22.5,3.21' })
})

test('the middle of a chart across the antimeridian lies on it', () => {
  assert.match(mapPlaceOf({ bbox: [170, 50, -170, 60], scale: 3_500_000 }).at, /^55,180,/)
})
