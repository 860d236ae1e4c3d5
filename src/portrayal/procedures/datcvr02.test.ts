import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOverscale, showsOverscalePattern } from './datcvr02.ts'

test('the display is overscale when its scale is larger than the compilation scale', () => {
  assert.equal(isOverscale(20_000, 20_000), false)
  assert.equal(isOverscale(19_999, 20_000), true)
  assert.equal(isOverscale(40_000, 20_000), false)
})

test('the pattern covers coarse data from twice its scale on, and only where it fills the gaps of finer cells', () => {
  assert.equal(showsOverscalePattern(10_000, 20_000, true), true)
  assert.equal(showsOverscalePattern(10_001, 20_000, true), false)
  assert.equal(showsOverscalePattern(5000, 20_000, true), true)
  assert.equal(showsOverscalePattern(5000, 20_000, false), false)
})
