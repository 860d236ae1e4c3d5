import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plansInMemory } from './plans-in-memory.ts'

test('5,000 plans are remembered on a board of 2 GB, and at most 20,000', () => {
  assert.deepEqual([2 ** 29, 2 ** 31, 2 ** 33, 2 ** 36].map(plansInMemory), [1_250, 5_000, 20_000, 20_000])
})
