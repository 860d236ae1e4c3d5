import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClientActivity } from './client-activity.ts'

function setUp() {
  const time = { now: 0 }
  const activity = createClientActivity({ monotonic: () => time.now })
  return { time, activity, waiting: () => Atomics.load(activity.waitingRequests, 0) }
}

test('a request waits from its arrival until it has been answered, which counts once', () => {
  const { activity, waiting } = setUp()
  const answered = activity.arrived()
  const other = activity.arrived()
  assert.equal(waiting(), 2)
  answered()
  answered()
  assert.equal(waiting(), 1)
  other()
  assert.equal(waiting(), 0)
})

test('clients have asked recently for half a second after a request', () => {
  const { time, activity } = setUp()
  assert.equal(activity.isRecent(), false)
  activity.arrived()
  time.now = 499
  assert.equal(activity.isRecent(), true)
  time.now = 500
  assert.equal(activity.isRecent(), false)
})

test('a request that takes long no longer waits for a short answer, and a younger one does', async () => {
  const { time, activity, waiting } = setUp()
  const answered = activity.arrived()
  time.now = 100
  const younger = activity.arrived()
  while (waiting() === 2) await new Promise((resolve) => setTimeout(resolve, 10))
  answered()
  assert.equal(waiting(), 1)
  younger()
  assert.equal(waiting(), 0)
})
