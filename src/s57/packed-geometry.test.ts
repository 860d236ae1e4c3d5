import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Geometry } from './geometry.ts'
import { fromGeoJson, toGeoJson } from './packed-geometry.ts'

const ring = (x: number, y: number, size: number) => [
  [x, y],
  [x + size, y],
  [x, y + size],
  [x, y],
]

const geometries: Geometry[] = [
  { type: 'Point', coordinates: [1, 2] },
  {
    type: 'MultiPoint',
    coordinates: [
      [1, 2, 3.5],
      [4, 5],
      [6, 7, -1],
    ],
  },
  { type: 'LineString', coordinates: ring(0, 0, 1) },
  { type: 'MultiLineString', coordinates: [ring(0, 0, 1), ring(5, 5, 2).slice(1)] },
  { type: 'Polygon', coordinates: [ring(0, 0, 9), ring(1, 1, 2), ring(4, 1, 1)] },
  { type: 'MultiPolygon', coordinates: [[ring(0, 0, 9), ring(1, 1, 2)], [ring(20, 0, 1)], [ring(30, 0, 9), ring(31, 1, 1)]] },
]

for (const geometry of geometries) {
  test(`a ${geometry.type} survives packing and unpacking`, () => assert.deepEqual(toGeoJson(fromGeoJson(geometry)), geometry))
}

test('paths end at position indexes, and polygons at path indexes', () => {
  const { positions, width, paths, polygons } = fromGeoJson(geometries[5]!)
  assert.deepEqual([positions.length, width], [40, 2])
  assert.deepEqual(paths, [4, 8, 12, 16, 20])
  assert.deepEqual(polygons, [2, 3, 5])
})
