import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forEachLimited } from './for-each-limited.ts'

const never = new AbortController().signal

test('forEachLimited runs no more items at once than allowed, and every item once', async () => {
  let running = 0
  let most = 0
  const done: number[] = []
  await forEachLimited([1, 2, 3, 4, 5, 6, 7], { concurrency: 3, signal: never }, async (item) => {
    most = Math.max(most, ++running)
    await new Promise(setImmediate)
    running--
    done.push(item)
  })
  assert.equal(most, 3)
  assert.deepEqual(done.sort(), [1, 2, 3, 4, 5, 6, 7])
})

test('the first failure aborts the running items of forEachLimited, and it waits for them before it throws', async () => {
  const failure = new Error('the second item')
  const started: number[] = []
  let finished = false
  const run = forEachLimited([1, 2, 3, 4], { concurrency: 2, signal: never }, async (item, signal) => {
    started.push(item)
    if (item === 2) throw failure
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    await new Promise(setImmediate)
    finished = true
    throw new Error('a consequence')
  })
  await assert.rejects(run, failure)
  assert.deepEqual([started, finished], [[1, 2], true])
})

test('forEachLimited throws the reason of an aborted signal and starts nothing more', async () => {
  const abort = new AbortController()
  const reason = new Error('cancelled')
  const started: number[] = []
  const run = forEachLimited([1, 2, 3], { concurrency: 1, signal: abort.signal }, async (item) => {
    started.push(item)
    abort.abort(reason)
  })
  await assert.rejects(run, reason)
  assert.deepEqual(started, [1])
  await assert.rejects(
    forEachLimited([], { concurrency: 1, signal: abort.signal }, async () => {}),
    reason,
  )
})
