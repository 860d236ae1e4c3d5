import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rasterTileAt, startPlace } from './start-place.ts'

test('a map begins with the whole of the most detailed chart', () => {
  const place = startPlace({ bbox: [-35, 42.9, -34.9, 43], scale: 12_000 })
  assert.deepEqual(place, { longitude: -34.95, latitude: 42.95, zoom: 12 })
})

test('without a chart a map begins with the world, and a tiny chart does not begin beyond zoom 15', () => {
  assert.deepEqual(rasterTileAt(startPlace(null)), { z: 2, x: 2, y: 1 })
  assert.equal(startPlace({ bbox: [0, 0, 1e-6, 1e-6], scale: 500 }).zoom, 15)
})

test('the tile of a place is the raster tile of the same scale', () => {
  assert.deepEqual(rasterTileAt({ longitude: -180, latitude: 0, zoom: 1 }), { z: 2, x: 0, y: 2 })
  assert.deepEqual(rasterTileAt({ longitude: -80.85, latitude: 32.03, zoom: 12 }), { z: 13, x: 2256, y: 3325 })
})
