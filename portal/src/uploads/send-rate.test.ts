import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSendRate } from './send-rate.ts'

test('the rate is that of the last seconds, and the time left waits until it is steady', () => {
  const rate = createSendRate()
  rate.note(0, 0)
  assert.equal(rate.perSecond(), null)
  rate.note(1_000, 1_000)
  assert.equal(rate.perSecond(), 1_000)
  assert.equal(rate.secondsLeft(5_000, 1_000), null)
  rate.note(4_000, 4_000)
  assert.equal(rate.secondsLeft(5_000, 4_000), 5)
  for (let second = 5; second <= 20; second++) rate.note(4_000 + (second - 4) * 100, second * 1_000)
  assert.equal(rate.perSecond(), 100)
})
