import assert from 'node:assert/strict'
import { test } from 'node:test'
import { metresPerPixel, radiusOf, scaleBar, timesItsScale } from './scale-bar.ts'

test('a chart drawn at its own scale is drawn once its scale', () => {
  const zoom = Math.log2(279_541_132 / 20_000)
  assert.ok(Math.abs(timesItsScale(20_000, 0, zoom) - 1) < 1e-6)
  assert.ok(Math.abs(timesItsScale(20_000, 0, zoom + 1) - 2) < 1e-6)
})

test('a scale bar has the largest round length that fits', () => {
  const { length, pixels } = scaleBar(10, 1_852, 120)
  assert.equal(length, 0.5)
  assert.ok(Math.abs(pixels - 92.6) < 1e-9)
  assert.equal(scaleBar(10, 1, 120).length, 1_000)
})

test('the radius of a question shrinks with the zoom, within what the server takes', () => {
  assert.equal(radiusOf(12, 0, 13), Math.round(12 * metresPerPixel(0, 13)))
  assert.equal(radiusOf(12, 0, 0), 50_000)
  assert.equal(radiusOf(12, 84, 22), 1)
})
