import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createManualTimers } from './manual-timers.ts'
import { createPollLoop } from './poll-loop.ts'

test('the wait starts after the answer, so slow answers never overlap', async () => {
  const timers = createManualTimers()
  let open = 0
  let most = 0
  let rounds = 0
  const loop = createPollLoop({
    timers,
    onWait: () => {},
    async read() {
      open++
      most = Math.max(most, open)
      await new Promise<void>((done) => timers.after(20_000, done))
      open--
      rounds++
    },
  })
  loop.start()
  await timers.advance(100_000)
  assert.equal(most, 1)
  assert.equal(rounds, 4)
  loop.stop()
})

test('errors stretch the interval to 30 seconds, and an answer makes it 5 again', async () => {
  const timers = createManualTimers()
  const waits: number[] = []
  let failing = true
  const loop = createPollLoop({
    timers,
    onWait: (ms) => waits.push(ms),
    read: () => (failing ? Promise.reject(new Error('offline')) : Promise.resolve()),
  })
  loop.start()
  await timers.advance(91_000)
  failing = false
  await timers.advance(31_000)
  assert.deepEqual(waits.slice(0, 4), [10_000, 20_000, 30_000, 30_000])
  assert.equal(waits.at(-1), 5_000)
  loop.stop()
  assert.equal(timers.waiting(), 0)
})
