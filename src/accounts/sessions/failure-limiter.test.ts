import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createManualClock } from '#test/manual-clock.ts'
import { createFailureLimiter } from './failure-limiter.ts'

const options = { burst: 3, refillMilliseconds: 1_000, maximumKeys: 4 }

test('a key may fail as often as the burst, then once per refill', () => {
  const clock = createManualClock()
  const limiter = createFailureLimiter({ clock, ...options })
  assert.deepEqual([limiter.take('a'), limiter.take('a'), limiter.take('a')], [0, 0, 0])
  assert.equal(limiter.take('a'), 1_000)
  clock.advance(400)
  assert.equal(limiter.take('a'), 600)
  clock.advance(600)
  assert.equal(limiter.take('a'), 0)
  assert.equal(limiter.take('a'), 1_000)
  clock.advance(60_000)
  assert.deepEqual([limiter.take('a'), limiter.take('a'), limiter.take('a'), limiter.take('a')], [0, 0, 0, 1_000])
})

test('a try that was given back does not count', () => {
  const limiter = createFailureLimiter({ clock: createManualClock(), ...options })
  for (let index = 0; index < 100; index++) {
    assert.equal(limiter.take('a'), 0)
    limiter.giveBack('a')
  }
  limiter.giveBack('never seen')
  assert.deepEqual([limiter.take('a'), limiter.take('a'), limiter.take('a'), limiter.take('a')], [0, 0, 0, 1_000])
})

test('forgets the key not seen for longest when there are too many', () => {
  const limiter = createFailureLimiter({ clock: createManualClock(), ...options })
  for (const key of ['a', 'a', 'a', 'b', 'b', 'b', 'c', 'd']) limiter.take(key)
  assert.ok(limiter.take('a') > 0, 'a is used up, and is now the newest')
  limiter.take('e')
  assert.equal(limiter.size, 4)
  assert.ok(limiter.take('a') > 0, 'a was kept')
  assert.equal(limiter.take('b'), 0, 'b was forgotten')
})
