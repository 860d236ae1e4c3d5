import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from '#demo/noise.ts'
import { soundingZooms } from './sounding-zooms.ts'

test('a sounding appears at the lowest zoom at which it is the shallowest of its square, the first of equal ones', () => {
  const random = createRandom(5)
  const count = 400
  const xy = Int32Array.from({ length: 2 * count }, () => 2 ** 28 + Math.floor(random() * 2 ** 15))
  const depths = Int32Array.from({ length: count }, () => Math.floor(random() * 20))
  const native = 12
  const expected = Array.from({ length: count }, (_, i) => {
    for (let zoom = native - 5; zoom < 16; zoom++) {
      const side = 2 ** (30 - zoom - 5)
      const square = (k: number) => `${Math.floor(xy[2 * k]! / side)} ${Math.floor(xy[2 * k + 1]! / side)}`
      const isBeaten = depths.some(
        (depth, k) => square(k) === square(i) && (depth < depths[i]! || (depth === depths[i]! && k < i)),
      )
      if (!isBeaten) return zoom
    }
    return 16
  })
  assert.deepEqual([...soundingZooms(xy, depths, native)], expected)
  assert.ok(new Set(expected).size > 5, 'the case is too simple')
})
