import assert from 'node:assert/strict'
import { test } from 'node:test'
import { arcRadius, LIGHT_REACH } from './light-sizes.ts'

const millimetres = (ring: number) => Math.round(((arcRadius(ring) * 0.28) / 8) * 100) / 100

test('an arc has a radius of 20 mm, one that lies over another 25 mm, and no two lie on each other', () => {
  assert.deepEqual([0, 1, 2, 3, 9].map(millimetres), [20, 25, 26.5, 28, 28])
  assert.ok(LIGHT_REACH >= arcRadius(9))
})
