import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { geoJsonOf } from '#test/geo-json-of.ts'
import type { Position } from '../geometry.ts'
import { readCell } from '../read-cell.ts'
import type { FeatureSpec } from './cell-spec.ts'
import { writeCell } from './write-cell.ts'

// Few positions, so that lines often meet, overlap, double back and cross themselves.
const place = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })).map(([x, y]): Position => [x / 10, y / 10])
const line = fc
  .array(place, { minLength: 2, maxLength: 7 })
  .map((positions) => positions.filter((at, i) => i === 0 || String(at) !== String(positions[i - 1])))
  .filter((positions) => positions.length > 1 && mostPasses(positions) <= 2)
const value = fc.string({ maxLength: 12, unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) })

/** Returns the line with a position wherever its north-south and east-west segments pass a position of another feature. */
function dense(positions: readonly Position[]): string[] {
  const steps = positions.flatMap(([x = 0, y = 0], i) => {
    const [nextX = 0, nextY = 0] = positions[i + 1] ?? []
    const straight = i + 1 < positions.length && (x === nextX || y === nextY)
    const count = straight ? Math.round(Math.max(Math.abs(nextX - x), Math.abs(nextY - y)) * 10) : 1
    return Array.from({ length: count }, (_, k) => [x + ((nextX - x) * k) / count, y + ((nextY - y) * k) / count])
  })
  return steps.map(([x = 0, y = 0]) => `${x.toFixed(7)} ${y.toFixed(7)}`)
}

/** Returns how often the line uses its busiest segment, because the reader allows a feature to use an edge only twice. */
function mostPasses(positions: readonly Position[]): number {
  const passes = new Map<string, number>()
  const steps = dense(positions)
  for (const [i, step] of steps.slice(1).entries()) {
    const stretch = [steps[i]!, step].toSorted().join(' to ')
    passes.set(stretch, (passes.get(stretch) ?? 0) + 1)
  }
  return Math.max(0, ...passes.values())
}

const feature: fc.Arbitrary<FeatureSpec> = fc.oneof(
  fc.record({
    objectClass: fc.constant('COALNE'),
    attributes: fc.record({ OBJNAM: value }),
    geometry: line.map((coordinates) => ({ type: 'LineString' as const, coordinates })),
  }),
  fc.record({
    objectClass: fc.constant('UWTROC'),
    attributes: fc.record({ INFORM: value }),
    geometry: place.map((coordinates) => ({ type: 'Point' as const, coordinates })),
  }),
  fc.record({
    objectClass: fc.constant('SOUNDG'),
    geometry: fc
      .array(fc.tuple(place, fc.integer({ min: -90, max: 9000 })), { minLength: 1, maxLength: 5 })
      .map((found) => ({ type: 'MultiPoint' as const, coordinates: found.map(([at, tenths]) => [...at, tenths / 10]) })),
  }),
)

test('any written features are read again in their order', () => {
  fc.assert(
    fc.property(fc.array(feature, { maxLength: 8 }), (features) => {
      const cell = readCell({ name: 'XX5PROPS.000', bytes: writeCell({ name: 'XX5PROPS', features }) })
      const read = [...cell.features()]
      assert.deepEqual(cell.warnings, [])
      assert.equal(read.length, features.length)
      for (const [i, { geometry, attributes = {}, objectClass }] of features.entries()) {
        assert.equal(read[i]?.acronym, objectClass)
        assert.deepEqual(Object.fromEntries(read[i]!.attributes), { ...attributes })
        const found = geoJsonOf(read[i]!) ?? undefined
        if (geometry?.type === 'LineString' && found?.type === 'LineString') {
          assert.deepEqual(dense(found.coordinates), dense(geometry.coordinates))
        } else {
          assert.deepEqual(found, geometry)
        }
      }
    }),
    { numRuns: 300, seed: 57 },
  )
})
