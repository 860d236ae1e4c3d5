import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writeResults } from './write-results.ts'

const FEATURES = Array.from({ length: 20 }, (_, id) => ({ id, name: 'ä'.repeat(50) }))
const read = (budget?: number) => JSON.parse(new TextDecoder().decode(writeResults(FEATURES, budget))) as object

test('results within the budget are whole and have no further member', () => {
  assert.deepEqual(read(), { results: FEATURES })
})

test('results beyond the budget leave out the farthest features and say so', () => {
  assert.ok(writeResults(FEATURES, 1_000).length < 1_040)
  const { results, truncated } = read(1_000) as { results: unknown[]; truncated: boolean }
  assert.equal(truncated, true)
  assert.ok(results.length > 1)
  assert.deepEqual(results, FEATURES.slice(0, results.length))
})

test('one result is written however large it is', () => {
  assert.deepEqual(read(10), { results: FEATURES.slice(0, 1), truncated: true })
})
