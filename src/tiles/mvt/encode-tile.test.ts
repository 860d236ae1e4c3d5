import assert from 'node:assert/strict'
import { test } from 'node:test'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { encodeTile } from './encode-tile.ts'
import type { TileFeature, TileValue } from './tile-layer.ts'

const decode = (bytes: Uint8Array) => new VectorTile(new PbfReader(bytes))
const feature = (geometry: TileFeature['geometry'], properties: Record<string, TileValue> = {}, id: number | null = null) => ({
  id,
  geometry,
  properties: new Map(Object.entries(properties)),
})

test('another MVT reader reads back the layers, ids, properties and geometry that were written', () => {
  const ring = [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
    { x: 100, y: 100 },
    { x: 0, y: 100 },
  ]
  const hole = [
    { x: 10, y: 10 },
    { x: 10, y: 20 },
    { x: 20, y: 20 },
  ]
  const line = [
    { x: -128, y: 5 },
    { x: 4224, y: 4096 },
    { x: 7, y: 7 },
  ]
  const properties = { OBJNAM: 'Tybee', VALSOU: 3.4, DEPTH: -1.25, COLOUR: '3', CATLAM: 3, low: -7, faint: true, big: 2 ** 40 }
  const tile = decode(
    encodeTile([
      {
        name: 's57_depare',
        features: [feature({ type: 'polygon', polygons: [[ring, hole]] }, { DRVAL1: 0, DRVAL2: 1.8 }, 2 ** 47 + 1)],
      },
      { name: 'empty', features: [] },
      {
        name: 's57_mixed',
        features: [
          feature(
            {
              type: 'point',
              points: [
                { x: 5, y: 6 },
                { x: -3, y: 9 },
              ],
            },
            properties,
          ),
          feature({ type: 'line', lines: [line, line] }, { CATLAM: 3 }),
        ],
      },
    ]),
  )
  assert.deepEqual(Object.keys(tile.layers), ['s57_depare', 's57_mixed'])
  const area = tile.layers['s57_depare']!.feature(0)
  assert.equal(tile.layers['s57_depare']!.version, 2)
  assert.equal(tile.layers['s57_depare']!.extent, 4096)
  assert.equal(area.id, 2 ** 47 + 1)
  assert.deepEqual({ ...area.properties }, { DRVAL1: 0, DRVAL2: 1.8 })
  // The reader closes rings.
  assert.deepEqual(plain(area.loadGeometry()), [
    [...ring, ring[0]],
    [...hole, hole[0]],
  ])
  const mixed = tile.layers['s57_mixed']!
  assert.deepEqual({ ...mixed.feature(0).properties }, properties)
  assert.deepEqual(plain(mixed.feature(0).loadGeometry()), [[{ x: 5, y: 6 }], [{ x: -3, y: 9 }]])
  assert.equal(mixed.feature(0).id, undefined)
  assert.deepEqual(plain(mixed.feature(1).loadGeometry()), [line, line])
})

test('a tile without features is zero bytes', () => {
  assert.equal(encodeTile([{ name: 'nothing', features: [] }]).byteLength, 0)
})

test('each key and value is written once per layer', () => {
  const many = Array.from({ length: 100 }, (_, i) =>
    feature({ type: 'point', points: [{ x: i, y: i }] }, { OBJNAM: 'a long name that is repeated' }),
  )
  const one = encodeTile([{ name: 'a', features: many.slice(0, 1) }]).byteLength
  const all = encodeTile([{ name: 'a', features: many }]).byteLength
  assert.ok(all - one < 99 * 20, `${all - one}`)
})

function plain(geometry: { x: number; y: number }[][]): { x: number; y: number }[][] {
  return geometry.map((part) => part.map(({ x, y }) => ({ x, y })))
}
