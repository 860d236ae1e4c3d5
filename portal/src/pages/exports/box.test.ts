import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boxBetween, boxNear, boxOfCorners, readBox, sizeOf, writeBox } from './box.ts'

test('a box is drawn in any direction, and across the antimeridian its west exceeds its east', () => {
  assert.deepEqual(boxBetween([-34.8, -35.05], [43.05, 42.85]), [-35.05, 42.85, -34.8, 43.05])
  assert.deepEqual(boxBetween([179.5, 181], [-17, -16]), [179.5, -17, -179, -16])
  assert.deepEqual(boxBetween([-200, 200], [-89, 89]), [-180, -85, 180, 85])
  assert.equal(boxBetween([10, 10], [1, 2]), null)
  assert.equal(boxBetween([10, 11], [2, 2.000001]), null)
})

test('corners in the wrong order are refused with the reason', () => {
  const at = (latitude: number, longitude: number) => ({ latitude, longitude })
  assert.deepEqual(boxOfCorners(at(42, -35), at(43, -34)), [-35, 42, -34, 43])
  assert.match(String(boxOfCorners(at(43, -35), at(42, -34))), /south of/)
  assert.match(String(boxOfCorners(at(42, -35), at(43, -35))), /different longitudes/)
})

test('a box survives its address, and what is none is left out', () => {
  assert.deepEqual(readBox(writeBox([179.5, -17, -179, -16.123456])), [179.5, -17, -179, -16.12346])
  for (const wrong of ['', '1,2,3', '1,2,1,3', '1,3,2,2', '1,2,,4', 'a,b,c,d', '-181,0,1,1'])
    assert.equal(readBox(wrong), null, wrong)
})

test('the size of a box is given in metres, and it is drawn on the side of the world that is in view', () => {
  const { width, height } = sizeOf([-35, 0, -34, 1])
  assert.ok(Math.abs(width - 111_303) < 30, String(width))
  assert.ok(Math.abs(height - 110_574) < 30, String(height))
  assert.deepEqual(boxNear([179, -17, -179, -16], -179.5), { west: -181, south: -17, east: -179, north: -16 })
  assert.deepEqual(boxNear([179, -17, -179, -16], 179.5), { west: 179, south: -17, east: 181, north: -16 })
})
