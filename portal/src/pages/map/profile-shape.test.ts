import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DepthSample } from './chart-feature.ts'
import { bandsOf, depthSpan, runsOf, sampleAt, summaryOf, ticksOf } from './profile-shape.ts'

const source = (cell: string) => ({ cell, edition: 1, update: 0, scale: 12_000, quality: null })
const sample = (distance: number, shoalest: number | null, cell: string | null = 'A'): DepthSample => ({
  distance,
  until: distance + 10,
  position: [0, 0],
  shoalest,
  deepest: null,
  unknowns: [],
  source: cell === null ? null : source(cell),
})
const SAMPLES = [sample(0, 9), sample(10, 9), sample(20, 2), sample(30, null, null), sample(40, 9, 'B')]

test('the bottom is cut where it crosses the safety depth and where the depth is unknown', () => {
  assert.deepEqual(
    runsOf(SAMPLES, 3).map(({ shallow, corners }) => [shallow, corners[0]?.distance, corners.at(-1)?.distance]),
    [
      [false, 0, 20],
      [true, 20, 30],
      [false, 40, 50],
    ],
  )
})

test('each stretch names its chart, with gaps as gaps', () => {
  assert.deepEqual(
    bandsOf(SAMPLES).map(({ cell, from, to }) => [cell, from, to]),
    [
      ['A', 0, 30],
      ['B', 40, 50],
    ],
  )
})

test('the drawing has room for the deepest, the safety depth and what dries', () => {
  const profile = { length: 50, samples: [sample(0, -2), sample(10, 8)], dangers: [], gaps: [], shoalest: null }
  const { top, foot } = depthSpan(profile, 3)
  assert.ok(top < -2 && foot > 8)
  assert.equal(depthSpan({ ...profile, samples: [] }, 5).top, 0)
})

test('ticks are round numbers', () => {
  assert.deepEqual(ticksOf(0, 10, 5), [0, 2, 4, 6, 8, 10])
  assert.deepEqual(ticksOf(-2.2, 8.8, 4), [0, 5])
  assert.deepEqual(ticksOf(1, 1, 4), [])
})

test('a distance finds its sample, and a table joins samples that say the same', () => {
  assert.equal(sampleAt(SAMPLES, 25)?.distance, 20)
  assert.equal(sampleAt(SAMPLES, 1e9)?.distance, 40)
  assert.equal(sampleAt([], 0), null)
  assert.deepEqual(
    summaryOf(SAMPLES).map(({ distance, until }) => [distance, until]),
    [
      [0, 20],
      [20, 30],
      [30, 40],
      [40, 50],
    ],
  )
})
