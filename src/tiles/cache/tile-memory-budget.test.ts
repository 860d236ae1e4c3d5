import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tileMemoryBudget } from './tile-memory-budget.ts'

test('tiles in memory have a 64th of the memory, 16 MB on a board of 2 GB, from 8 to 256 MB', () => {
  const megabytes = (gigabytes: number) => tileMemoryBudget(gigabytes * 2 ** 30) / 2 ** 20
  assert.deepEqual([0.5, 2, 4, 64].map(megabytes), [8, 16, 64, 256])
})
