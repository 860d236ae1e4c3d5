import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contrast, difference, luminance } from './colour.ts'

const near = (value: number, expected: number, by: number) =>
  assert.ok(Math.abs(value - expected) < by, `${value}, not ${expected}`)

test('luminance and contrast are those of WCAG', () => {
  near(luminance('#ffffff'), 1, 1e-9)
  near(luminance('#000000'), 0, 1e-9)
  near(contrast('#ffffff', '#000000'), 21, 1e-9)
  near(contrast('#777777', '#ffffff'), 4.48, 0.01)
  near(contrast('#ffffff', '#777777'), 4.48, 0.01)
  near(contrast('#123456', '#123456'), 1, 1e-9)
})

test('equal colours do not differ, black and white differ by one, and small steps by little', () => {
  near(difference('#61b7ff', '#61b7ff'), 0, 1e-9)
  near(difference('#000000', '#ffffff'), 1, 0.001)
  assert.ok(difference('#61b7ff', '#63b8ff') < 0.02)
})

test('a red and a green of one brightness look alike to eyes without red or green cones, and blue and yellow do not', () => {
  const [red, green] = ['#c86446', '#8c8c1e']
  assert.ok(difference(red, green) > 0.1)
  assert.ok(difference(red, green, 'deutan') < difference(red, green) / 2)
  for (const sight of ['protan', 'deutan'] as const) {
    assert.ok(difference('#0000ff', '#ffff00', sight) > 0.5)
    near(difference('#808080', '#c0c0c0', sight), difference('#808080', '#c0c0c0'), 0.01)
  }
})
