import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boxAround, boxOutline, keyOf, nextAt, outlinesAt, polygonsOf, touches } from './chart-shapes.ts'

const chart = (name: string, bbox: number[], scale = 20_000, source = 'noaa') => boxOutline({ name, bbox, scale, source })
const coarse = chart('XX3A', [-82, 30, -78, 34], 180_000)
const fine = chart('XX5A', [-81, 31, -80, 32], 12_000)

test('a place names the charts that it lies in, the finest first, and not those whose coverage leaves it out', () => {
  const keys = (longitude: number, latitude: number, charts = [coarse, fine]) =>
    outlinesAt(charts, longitude, latitude).map(({ key }) => key)
  assert.deepEqual(keys(-80.5, 31.5), ['XX5A', 'XX3A'])
  assert.deepEqual(keys(-79, 31.5), ['XX3A'])
  assert.deepEqual(keys(-70, 31.5), [])
  const [outer = []] = fine.polygons[0] ?? []
  const hole: [number, number][] = [
    [-80.6, 31.4],
    [-80.4, 31.4],
    [-80.4, 31.6],
    [-80.6, 31.6],
    [-80.6, 31.4],
  ]
  assert.deepEqual(keys(-80.5, 31.5, [coarse, { ...fine, polygons: [[outer, hole]] }]), ['XX3A'])
})

test('a chart across the antimeridian is found from both sides of it', () => {
  const across = chart('XX1A', [170, 50, -160, 60])
  assert.deepEqual(across.box, [170, 50, 200, 60])
  for (const longitude of [175, -175, 185, -170]) assert.equal(outlinesAt([across], longitude, 55).length, 1, `${longitude}`)
  for (const longitude of [160, -150]) assert.equal(outlinesAt([across], longitude, 55).length, 0, `${longitude}`)
  assert.ok(touches(across.box, [-179, 55, -178, 56]))
  assert.ok(!touches(across.box, [-150, 55, -140, 56]))
  const read = polygonsOf(
    [
      [
        [
          [-170, 55],
          [-160, 55],
          [-160, 60],
          [-170, 55],
        ],
      ],
    ],
    across.box,
  )
  assert.deepEqual(read[0]?.[0]?.[0], [190, 55])
})

test('clicks at one place choose one chart after the other, from the finest to the coarsest and round again', () => {
  const there = outlinesAt([coarse, fine], -80.5, 31.5)
  assert.equal(nextAt(there, undefined)?.key, 'XX5A')
  assert.equal(nextAt(there, 'XX5A')?.key, 'XX3A')
  assert.equal(nextAt(there, 'XX3A')?.key, 'XX5A')
  assert.equal(nextAt([], 'XX3A'), null)
})

test('the box around charts holds all of them, and is the world at most', () => {
  assert.deepEqual(boxAround([coarse, fine]), coarse.box)
  assert.deepEqual(boxAround([chart('A', [-180, 0, 175, 1]), chart('B', [170, 2, -160, 3])]), [-180, 0, 180, 3])
  assert.equal(boxAround([]), null)
})

test('a public chart and an own one of the same name are two', () => {
  assert.notEqual(keyOf({ name: 'XX5A', source: 'noaa' }), keyOf({ name: 'XX5A', source: 'upload' }))
})
