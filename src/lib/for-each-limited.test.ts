import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forEachLimited } from './for-each-limited.ts'

const never = () => new AbortController().signal

test('forEachLimited works on every item, in order, on no more than the limit at once', async () => {
  const started: number[] = []
  let active = 0
  let most = 0
  await forEachLimited([1, 2, 3, 4, 5], { concurrency: 2, signal: never() }, async (item) => {
    started.push(item)
    most = Math.max(most, ++active)
    await new Promise(setImmediate)
    active--
  })
  assert.deepEqual(started, [1, 2, 3, 4, 5])
  assert.equal(most, 2)
})

test('forEachLimited stops at the first error, waits for work in progress and throws that error', async () => {
  const started: number[] = []
  let finished = 0
  const gate = Promise.withResolvers<void>()
  const done = forEachLimited([1, 2, 3, 4], { concurrency: 2, signal: never() }, async (item, stopping) => {
    started.push(item)
    if (item === 1) {
      await gate.promise
      assert.equal(stopping.aborted, true)
      finished++
      return
    }
    queueMicrotask(() => stopping.addEventListener('abort', () => gate.resolve(), { once: true }))
    await new Promise(setImmediate)
    throw new Error('broken')
  })
  await assert.rejects(done, /broken/)
  assert.deepEqual(started, [1, 2])
  assert.equal(finished, 1)
})

test('forEachLimited throws the reason of an aborted signal and starts nothing', async () => {
  const controller = new AbortController()
  controller.abort(new Error('cancelled'))
  const done = forEachLimited([1], { concurrency: 1, signal: controller.signal }, () => assert.fail('it started'))
  await assert.rejects(done, /cancelled/)
})

test('forEachLimited treats a limit below 1 as 1', async () => {
  const seen: string[] = []
  await forEachLimited(['a', 'b'], { concurrency: 0, signal: never() }, async (item) => void seen.push(item))
  assert.deepEqual(seen, ['a', 'b'])
})
