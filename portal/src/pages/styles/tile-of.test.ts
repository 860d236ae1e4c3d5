import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tileOf } from './tile-of.ts'

test('a place has a tile around it, also at the ends of the world', () => {
  const { tile, at } = tileOf({ latitude: 32.031, longitude: -80.851, zoom: 14.4 })
  // Tile 13/2256/3325 and those above and below it have the place.
  assert.ok([12, 13, 14].includes(tile.z))
  assert.deepEqual([Math.floor((tile.x / 2 ** tile.z) * 4_096), Math.floor((tile.y / 2 ** tile.z) * 4_096)], [1128, 1662])
  assert.ok(at.x > 0 && at.x < 1 && at.y > 0 && at.y < 1)
  assert.deepEqual(tileOf({ latitude: -85, longitude: 180, zoom: 22 }).tile, { z: 16, x: 65535, y: 65428 })
  assert.equal(tileOf({ latitude: 0, longitude: 0, zoom: 0 }).tile.z, 2)
})

test('of three zooms the tile is taken that has the place nearest to its middle', () => {
  // At zoom 4 the place lies on the edge of a tile, at zoom 3 in the middle of one.
  const { tile, at } = tileOf({ latitude: 21.943046, longitude: 22.5, zoom: 5 })
  assert.deepEqual(tile, { z: 3, x: 4, y: 3 })
  assert.ok(Math.abs(at.x - 0.5) < 0.001 && Math.abs(at.y - 0.5) < 0.001)
})
