import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tileOf } from './tile-of.ts'

test('a place has the tile around it, also at the ends of the world', () => {
  assert.deepEqual(tileOf({ latitude: 32.031, longitude: -80.851, zoom: 14.4 }).tile, { z: 13, x: 2256, y: 3325 })
  assert.deepEqual(tileOf({ latitude: 0.1, longitude: 0.1, zoom: 0 }).tile, { z: 2, x: 2, y: 1 })
  assert.deepEqual(tileOf({ latitude: -85, longitude: 180, zoom: 22 }).tile, { z: 16, x: 65535, y: 65428 })
})

test('the place lies in its tile', () => {
  assert.deepEqual(tileOf({ latitude: 0, longitude: 22.5, zoom: 3 }), { tile: { z: 2, x: 2, y: 2 }, at: { x: 0.25, y: 0 } })
})
