import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alongLine, legsOf, rhumb } from './rhumb.ts'

const near = (value: number, expected: number, slack: number) => assert.ok(Math.abs(value - expected) <= slack, `${value}`)

test('a minute of latitude is near a nautical mile, and bears north', () => {
  const { bearing, metres } = rhumb({ longitude: 10, latitude: 45 }, { longitude: 10, latitude: 45 + 1 / 60 })
  assert.equal(bearing, 0)
  near(metres, 1_852.2, 0.3)
})

test('a quarter of a meridian of WGS 84 has 10,001,966 m', () => {
  near(rhumb({ longitude: 0, latitude: 0 }, { longitude: 0, latitude: 89.999999 }).metres, 10_001_965.6, 1)
})

test('along a parallel a line bears east or west, the shorter way around', () => {
  const { bearing, metres } = rhumb({ longitude: 179.5, latitude: 0 }, { longitude: -179.5, latitude: 0 })
  assert.equal(bearing, 90)
  near(metres, 111_319.49, 0.1)
  assert.equal(rhumb({ longitude: -179.5, latitude: 60 }, { longitude: 179.5, latitude: 60 }).bearing, 270)
})

test('a loxodrome agrees with the value that GeographicLib states for it', () => {
  // JFK to LHR, the example of its documentation.
  const { bearing, metres } = rhumb({ longitude: -73.8, latitude: 40.6 }, { longitude: -0.5, latitude: 51.6 })
  near(bearing, 77.7683897, 0.001)
  near(metres, 5_771_083.383, 1)
})

test('the legs of a line add up, and a place along it lies on the right leg', () => {
  const line = [
    { longitude: 0, latitude: 0 },
    { longitude: 0, latitude: 0.1 },
    { longitude: 0.1, latitude: 0.1 },
  ]
  const { legs, metres } = legsOf(line)
  assert.deepEqual(
    legs.map(({ bearing }) => bearing),
    [0, 90],
  )
  near(metres, legs[0]!.metres + legs[1]!.metres, 1e-6)
  const middle = alongLine(line, legs[0]!.metres + legs[1]!.metres / 2)
  near(middle?.longitude ?? 0, 0.05, 1e-6)
  near(middle?.latitude ?? 0, 0.1, 1e-6)
  assert.deepEqual(alongLine(line, 1e9), line[2])
  assert.equal(alongLine([], 5), null)
})
