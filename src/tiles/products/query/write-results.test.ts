import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writeResults } from './write-results.ts'

const point = (id: number) => ({ id, name: 'ä'.repeat(50), geometry: { type: 'Point' as const, coordinates: [0, 0] } })
const FEATURES = Array.from({ length: 20 }, (_, id) => point(id))

function read(budget?: number, features: Parameters<typeof writeResults>[0] = FEATURES) {
  return JSON.parse(new TextDecoder().decode(writeResults(features, budget))) as { results: unknown[]; truncated?: boolean }
}

test('results within the budget are whole and have no further member', () => {
  assert.deepEqual(read(), { results: FEATURES })
})

test('results beyond the budget leave out the farthest features and say so', () => {
  assert.ok(writeResults(FEATURES, 1_000).length < 1_040)
  const { results, truncated } = read(1_000)
  assert.equal(truncated, true)
  assert.ok(results.length > 1)
  assert.deepEqual(results, FEATURES.slice(0, results.length))
})

test('one result is written however large it is', () => {
  assert.deepEqual(read(10), { results: FEATURES.slice(0, 1), truncated: true })
})

test('a large outline is written only where the other features leave room for it', () => {
  const ring = Array.from({ length: 3_000 }, (_, n) => [n / 1_000, 50])
  const outline = (id: number) => ({ id, geometry: { type: 'Polygon' as const, coordinates: [ring] } })
  const [first, second, last] = [outline(100), outline(101), outline(102)]
  const features = [first, FEATURES[0]!, second, ...FEATURES.slice(1), last]
  assert.deepEqual(read(undefined, features), { results: features })
  const { results, truncated } = read(60_000, features)
  assert.deepEqual([results, truncated], [[first, ...FEATURES], true])
  assert.deepEqual(read(10_000, features), { results: FEATURES, truncated: true })
  assert.deepEqual(read(10_000, [first, second]), { results: [first], truncated: true })
})
