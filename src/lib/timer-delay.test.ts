import assert from 'node:assert/strict'
import { test } from 'node:test'
import { timerDelay } from './timer-delay.ts'

const TWENTY_YEARS = 20 * 31_557_600_000

test('a delay stays between 0 and the longest that a Node timer can wait', () => {
  const delays = [Number.NaN, Number.NEGATIVE_INFINITY, -TWENTY_YEARS, -1, 0, 0.2, 250, TWENTY_YEARS, Number.POSITIVE_INFINITY]
  assert.deepEqual(delays.map(timerDelay), [0, 0, 0, 0, 0, 1, 250, 2_147_483_647, 2_147_483_647])
})
