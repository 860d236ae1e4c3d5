import assert from 'node:assert/strict'
import { test } from 'node:test'
import { repeatBatches } from './repeat-batches.ts'

test('repeatBatches ends with the first batch that is not full, and pauses between batches', async () => {
  let left = 25
  let pauses = 0
  const batch = async () => {
    const handled = Math.min(10, left)
    left -= handled
    return handled
  }
  const pause = async () => void pauses++
  assert.equal(await repeatBatches({ size: 10, pause }, batch), 25)
  assert.equal(pauses, 2)
  assert.equal(await repeatBatches({ size: 10, pause }, batch), 0)
  assert.equal(pauses, 2)
})

test('repeatBatches starts no batch after its signal has aborted', async () => {
  const controller = new AbortController()
  let batches = 0
  const done = repeatBatches({ size: 1, signal: controller.signal }, async () => {
    if (++batches === 2) controller.abort(new Error('stopping'))
    return 1
  })
  await assert.rejects(done, /stopping/)
  assert.equal(batches, 2)
})
