import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backoff } from './backoff.ts'

test('waits double up to the longest and stay within their jitter', () => {
  for (const random of [0, 0.5, 0.999]) {
    const waits = [1, 2, 3, 4, 5, 6, 20].map((n) => backoff(n, 0, { shortest: 1_000, longest: 30_000, random: () => random }))
    assert.ok(waits.every((wait) => wait >= 1_000 && wait <= 30_000))
    assert.deepEqual(
      waits,
      waits.toSorted((a, b) => a - b),
    )
  }
})

test('the wait that the server asks for is honoured, up to the longest', () => {
  assert.equal(backoff(1, 10_000, { shortest: 1_000, longest: 30_000, random: () => 0 }), 10_000)
  assert.equal(backoff(1, 600_000, { shortest: 1_000, longest: 30_000, random: () => 0 }), 30_000)
})
