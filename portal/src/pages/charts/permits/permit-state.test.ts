import assert from 'node:assert/strict'
import { test } from 'node:test'
import { daysLeft, permitState } from './permit-state.ts'

test('a permit that ends within 30 days is marked, and one that has ended more so', () => {
  const now = Date.UTC(2026, 10, 29, 23, 59)
  assert.equal(daysLeft('2026-11-29', now), 0)
  assert.equal(daysLeft('2026-12-29', now), 30)
  assert.equal(permitState(false, 30), 'waiting')
  assert.equal(permitState(false, 31), 'completed')
  assert.equal(permitState(true, -1), 'failed')
})
