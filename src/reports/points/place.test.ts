import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { tileAt } from '#geo/tile-grid.ts'
import { placeOf, placesOf } from './place.ts'

test('a place lies among the places of the tile that holds it, at every zoom, and not among those of the next tile', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -85, max: 85, noNaN: true }),
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.integer({ min: 0, max: 22 }),
      (latitude, longitude, z) => {
        const place = placeOf(latitude, longitude)
        const tile = tileAt(longitude, latitude, z)
        const { first, end } = placesOf(tile)
        assert.ok(place !== null && place >= first && place < end)
        const next = placesOf({ ...tile, x: (tile.x + 1) % 2 ** z })
        assert.ok(z === 0 || place < next.first || place >= next.end)
      },
    ),
  )
})

test('longitude 180 is the same place as -180', () => {
  assert.equal(placeOf(10, 180), placeOf(10, -180))
})

test('a pole has no place in the tile pyramid, but its last latitude has', () => {
  assert.deepEqual([placeOf(90, 0), placeOf(-90, 180), placeOf(85.06, 0)], [null, null, null])
  for (const latitude of [85.0511, -85.0511]) assert.notEqual(placeOf(latitude, 0), null)
})
