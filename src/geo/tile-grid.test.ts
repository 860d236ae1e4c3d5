import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tileAt, tileDegrees, tileKey, tileWorldBox } from './tile-grid.ts'
import { WORLD } from './world.ts'

test('a position lies in the tile whose box of degrees holds it, at every zoom', () => {
  for (const [longitude, latitude] of [
    [-81.09, 32.08],
    [10, 50],
    [-180, 85],
    [179.999, -85],
  ] as const) {
    for (let z = 0; z <= 16; z++) {
      const tile = tileAt(longitude, latitude, z)
      const [west, south, east, north] = tileDegrees(tile)
      assert.ok(west <= longitude && longitude < east && south <= latitude && latitude < north, `${tileKey(tile)}`)
    }
  }
})

test('a longitude beyond the antimeridian is in the tile on its other side, and the south pole in the last row', () => {
  assert.deepEqual(tileAt(180.5, 10, 8), tileAt(-179.5, 10, 8))
  assert.deepEqual(tileAt(-180.5, 10, 8), tileAt(179.5, 10, 8))
  assert.equal(tileAt(0, -90, 3).y, 7)
})

test('the box of a tile grows on each side by a margin in 4,096ths of the tile', () => {
  const size = WORLD / 8
  assert.deepEqual(tileWorldBox({ z: 3, x: 1, y: 2 }), { minX: size, minY: 2 * size, maxX: 2 * size, maxY: 3 * size })
  const { minX, maxY } = tileWorldBox({ z: 3, x: 1, y: 2 }, 1_024)
  assert.equal(minX, size * 0.75)
  assert.equal(maxY, size * 3.25)
})
