import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boxesOverlap, enclosingBox, normaliseLongitude } from './box.ts'

const part = (west: number, east: number) => ({ west, south: 0, east, north: 1 })

for (const [title, parts, expected] of [
  ['nothing', [], null],
  ['one part', [part(10, 20)], [10, 0, 20, 1]],
  ['a point', [part(10, 10)], [10, 0, 10, 1]],
  ['beyond -180', [part(-219, -217)], [141, 0, 143, 1]],
  ['over the antimeridian', [part(-193, -170)], [167, 0, -170, 1]],
  ['both sides of the antimeridian', [part(179, 180), part(-180, -179)], [179, 0, -179, 1]],
  ['both sides, with a gap', [part(170, 175), part(-175, -170)], [170, 0, -170, 1]],
  ['touching -180 from the east', [part(-180, -154)], [-180, 0, -154, 1]],
  ['touching -180 from the west', [part(-194, -180)], [166, 0, 180, 1]],
  ['both sides of Greenwich', [part(-5, 0), part(0, 5)], [-5, 0, 5, 1]],
  ['one part in another', [part(-50, 50), part(-1, 1)], [-50, 0, 50, 1]],
  ['the whole world', [part(-180, 180)], [-180, 0, 180, 1]],
  ['the whole world in two parts', [part(-180, 0), part(0, 180)], [-180, 0, 180, 1]],
] as const) {
  test(`enclosingBox: ${title}`, () => {
    assert.deepEqual(enclosingBox(parts), expected)
  })
}

test('normaliseLongitude brings a longitude into -180..180', () => {
  assert.deepEqual([-180, 180, 181, -181, 540, 0, 359].map(normaliseLongitude), [-180, -180, -179, 179, -180, 0, -1])
})

test('boxesOverlap: boxes overlap when they share a point, also across the antimeridian', () => {
  assert.equal(boxesOverlap([0, 0, 1, 1], [1, 1, 2, 2]), true)
  assert.equal(boxesOverlap([0, 0, 1, 1], [1.1, 0, 2, 1]), false)
  assert.equal(boxesOverlap([0, 0, 1, 1], [0, 1.1, 1, 2]), false)
  assert.equal(boxesOverlap([170, 0, -170, 1], [-175, 0, -174, 1]), true)
  assert.equal(boxesOverlap([170, 0, -170, 1], [175, 0, -179, 1]), true)
  assert.equal(boxesOverlap([170, 0, -170, 1], [-160, 0, 160, 1]), false)
})
