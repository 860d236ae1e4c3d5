import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tileDegrees, tileKey } from '#geo/tile-grid.ts'
import { countTiles, packTiles } from './pack-tiles.ts'

const keys = (box: readonly [number, number, number, number], minZoom: number, maxZoom: number) =>
  [...packTiles({ box, minZoom, maxZoom })].map(tileKey)

test('a pack of the world has every tile of its zooms once', () => {
  const all = keys([-180, -90, 180, 90], 0, 3)
  assert.equal(all.length, 1 + 4 + 16 + 64)
  assert.equal(new Set(all).size, all.length)
  assert.equal(countTiles({ box: [-180, -90, 180, 90], minZoom: 0, maxZoom: 3 }), all.length)
})

test('the tiles of a pack cover its box, and each of them touches it', () => {
  const [west, south, east, north] = [-81.3, 31.8, -80.7, 32.3]
  const tiles = [...packTiles({ box: [west, south, east, north], minZoom: 9, maxZoom: 12 })]
  for (const tile of tiles) {
    const [left, bottom, right, top] = tileDegrees(tile)
    assert.ok(left <= east && right >= west && bottom <= north && top >= south, tileKey(tile))
  }
  const boxes = tiles.filter(({ z }) => z === 12).map(tileDegrees)
  assert.ok(Math.min(...boxes.map(([left]) => left)) <= west && Math.max(...boxes.map(([, , right]) => right)) >= east)
  assert.ok(Math.min(...boxes.map(([, bottom]) => bottom)) <= south && Math.max(...boxes.map(([, , , top]) => top)) >= north)
})

test('a box across the antimeridian has tiles on both sides of it and none twice', () => {
  const box = [179.5, -17, -179.5, -16] as const
  const found = keys(box, 0, 9)
  assert.equal(new Set(found).size, found.length)
  assert.ok(found.some((key) => key.startsWith('9/511/')) && found.some((key) => key.startsWith('9/0/')))
  assert.ok(!found.some((key) => key.startsWith('9/255/')))
  assert.equal(countTiles({ box, minZoom: 0, maxZoom: 9 }), found.length)
})

test('a box that ends at the antimeridian does not reach across it', () => {
  assert.deepEqual(keys([179.9, 0.1, 180, 0.2], 5, 5), ['5/31/15'])
})

test('the tiles of a block of four by four follow each other', () => {
  const tiles = [...packTiles({ box: [-60, -60, 60, 60], minZoom: 5, maxZoom: 5 })]
  const blocks = tiles.map(({ x, y }) => `${x >> 2}/${y >> 2}`)
  assert.equal(blocks.filter((block, i) => block !== blocks[i - 1]).length, new Set(blocks).size)
})
