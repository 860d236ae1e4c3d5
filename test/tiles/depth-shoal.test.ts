import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { metresPerDegree } from '#geo/ellipsoid-distance.ts'
import type { FeatureSpec } from '#s57/writer/cell-spec.ts'
import { compiledSpec } from '#test/compiled-cells.ts'
import { cutLine, measureLine, piecesOf } from '#tiles/products/depth/cut-line.ts'
import { measureDepths } from '#tiles/products/depth/measure-depths.ts'
import { mergeAnswers } from '#tiles/products/depth/merge-answers.ts'

const { north, east } = metresPerDegree(40)
/** Metres from the middle of the chart to degrees. */
const at = (x: number, y: number): [number, number] => [20 + x / east, 40 + y / north]
const square = (radius: number) => [
  at(-radius, -radius),
  at(-radius, radius),
  at(radius, radius),
  at(radius, -radius),
  at(-radius, -radius),
]
const ground: FeatureSpec[] = [
  { objectClass: 'M_COVR', geometry: { type: 'Polygon', coordinates: [square(3_000)] }, attributes: { CATCOV: '1' } },
  {
    objectClass: 'DEPARE',
    geometry: { type: 'Polygon', coordinates: [square(3_000)] },
    attributes: { DRVAL1: '10', DRVAL2: '20' },
  },
]

/** The profile of an eastward line of 1,000 m through the middle, over deep water with some more features. */
function profileOf(features: FeatureSpec[], withinMetres: number) {
  const cell = compiledSpec({ features: [...ground, ...features] })
  const line = measureLine([at(-500, 0), at(500, 0)])
  const pieces = piecesOf(cutLine(line), withinMetres)
  return mergeAnswers(
    pieces.map((piece) => measureDepths(piece, [cell], () => {})),
    line.length,
  )
}

const sounding = (x: number, y: number, depth: number): FeatureSpec => ({
  objectClass: 'SOUNDG',
  geometry: { type: 'MultiPoint', coordinates: [[...at(x, y), depth]] },
})

test('a sounding shallower than its area counts within the distance and not beyond it', () => {
  assert.equal(profileOf([sounding(0, 40, 3.2)], 50).shoalest?.depth, 3.2)
  assert.equal(profileOf([sounding(0, 60, 3.2)], 50).shoalest?.depth, 10)
  const { samples } = profileOf([sounding(0, 40, 3.2)], 50)
  const shoal = samples.filter(({ shoalest }) => shoalest === 3.2)
  assert.ok(shoal.length > 1 && shoal.length < 8, 'only the stretches near it')
})

test('a contour shallower than its area counts within the distance', () => {
  const contour: FeatureSpec = {
    objectClass: 'DEPCNT',
    geometry: { type: 'LineString', coordinates: [at(-100, 30), at(100, 30)] },
    attributes: { VALDCO: '4' },
  }
  assert.equal(profileOf([contour], 50).shoalest?.depth, 4)
  assert.equal(profileOf([contour], 20).shoalest?.depth, 10)
})

test('a sounded danger counts with its depth, and one without a depth is named as unknown', () => {
  const wreck = (attributes: Record<string, string>): FeatureSpec => ({
    objectClass: 'WRECKS',
    geometry: { type: 'Point', coordinates: at(100, -30) },
    attributes: { CATWRK: '2', ...attributes },
  })
  const sounded = profileOf([wreck({ VALSOU: '2.5', QUASOU: '6', WATLEV: '3' })], 50)
  assert.equal(sounded.shoalest?.depth, 2.5)
  const [danger] = sounded.dangers
  assert.equal(danger?.depth, 2.5)
  assert.ok(Math.abs((danger?.offset ?? 0) - 30) < 0.5 && Math.abs((danger?.distance ?? 0) - 600) < 0.5)
  assert.match(danger?.words ?? '', /^Dangerous wreck: least depth 2.5 m \(known\)/)
  const unknown = profileOf([wreck({ WATLEV: '3' })], 50)
  assert.equal(unknown.shoalest?.depth, 10)
  assert.equal(unknown.dangers[0]?.depth, null)
  assert.ok(unknown.samples.some(({ unknowns }) => unknowns.includes('danger')))
  assert.deepEqual(profileOf([wreck({ VALSOU: '2.5' })], 20).dangers, [])
})

test('unsurveyed ground beside the line is named, and on the line it is a gap', () => {
  const unsurveyed = (south: number, top: number): FeatureSpec => ({
    objectClass: 'UNSARE',
    geometry: { type: 'Polygon', coordinates: [[at(0, south), at(0, top), at(200, top), at(200, south), at(0, south)]] },
  })
  const beside = profileOf([unsurveyed(20, 100)], 50)
  assert.deepEqual(beside.gaps, [])
  assert.ok(beside.samples.some(({ unknowns }) => unknowns.includes('unsurveyed')))
  const on = profileOf([unsurveyed(-100, 100)], 50)
  assert.equal(on.gaps.length, 1)
  assert.equal(on.gaps[0]?.reason, 'unsurveyed')
  assert.ok(Math.abs((on.gaps[0]?.from ?? 0) - 500) < 0.5 && Math.abs((on.gaps[0]?.to ?? 0) - 700) < 0.5)
})

test('of many random soundings the answer is the least within the distance, up to a hundredth of it', () => {
  const place = fc.record({
    x: fc.integer({ min: -700, max: 700 }),
    y: fc.integer({ min: -200, max: 200 }),
    depth: fc.integer({ min: -20, max: 99 }).map((decimetres) => decimetres / 10),
  })
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 30 }), fc.integer({ min: 0, max: 150 }), (places, within) => {
      const answered = profileOf(
        places.map(({ x, y, depth }) => sounding(x, y, depth)),
        within,
      ).shoalest?.depth
      const least = (distance: number) => {
        const near = places.filter(({ x, y }) => Math.hypot(Math.max(0, Math.abs(x) - 500), y) <= distance)
        return Math.min(10, ...near.map(({ depth }) => depth))
      }
      assert.ok(answered !== undefined && answered <= least(within - 0.2))
      assert.ok(answered >= least(within * 1.02 + 2), `${answered}`)
    }),
    { numRuns: 40, seed: 18 },
  )
})
