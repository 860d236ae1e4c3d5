import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packCoverage } from '#charts/cells/packed-coverage.ts'
import { WORLD, xOfLongitude, yOfLatitude } from '#geo/world.ts'
import { type Box, boxRing } from '#test/cells.ts'
import { toOutline } from './outline.ts'
import { outlineMeetsBox } from './outline-meets-box.ts'

const ringOf = (box: Box) => boxRing(box).map(([x, y]): [number, number] => [x!, y!])
/** A square of 10 degrees with a square hole in its middle. */
const frame = toOutline(packCoverage([[ringOf([0, 40, 10, 50]), ringOf([3, 43, 7, 47])]]))
const worldBox = ([west, south, east, north]: Box) => ({
  ...{ minX: Math.round(xOfLongitude(west)), maxX: Math.round(xOfLongitude(east)) },
  ...{ minY: Math.round(yOfLatitude(north)), maxY: Math.round(yOfLatitude(south)) },
})

for (const [words, box, expected] of [
  ['inside the shape', [1, 41, 2, 42], true],
  ['around the shape', [-5, 35, 15, 55], true],
  ['over a border', [9, 44, 12, 45], true],
  ['crossed by a corner alone', [9.5, 49.5, 12, 52], true],
  ['in the hole', [4, 44, 6, 46], false],
  ['over the border of the hole', [6, 44, 8, 46], true],
  ['beside the shape', [10.1, 40, 12, 50], false],
  ['that touches the shape', [10, 40, 12, 50], false],
] as [string, Box, boolean][]) {
  test(`a box ${words} ${expected ? 'has' : 'has no'} ground`, () => {
    assert.equal(outlineMeetsBox(frame, worldBox(box)), expected)
  })
}

test('a box beyond the antimeridian meets the shapes on the other side', () => {
  const outline = toOutline(packCoverage([[ringOf([-180, 40, -178, 50])]]))
  const box = { ...worldBox([177, 44, 179, 45]), maxX: xOfLongitude(-179) + WORLD }
  assert.equal(outlineMeetsBox(outline, box), true)
  assert.equal(outlineMeetsBox(outline, worldBox([177, 44, 179, 45])), false)
})
