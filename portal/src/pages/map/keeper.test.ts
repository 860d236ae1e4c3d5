import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createManualTimers } from '../../live/manual-timers.ts'
import { createKeeper } from './keeper.ts'

test('what was left is returned within its time, and its timer is cleared', async () => {
  const timers = createManualTimers()
  const ended: string[] = []
  const keeper = createKeeper<string>(timers, 1_000, (thing) => ended.push(thing))
  keeper.leave('anna', 'map')
  await timers.advance(900)
  assert.equal(keeper.take('anna'), 'map')
  await timers.advance(2_000)
  assert.deepEqual(ended, [])
})

test('a kept map ends when it is not used again, or when another user comes', async () => {
  const timers = createManualTimers()
  const ended: string[] = []
  const keeper = createKeeper<string>(timers, 1_000, (thing) => ended.push(thing))
  keeper.leave('anna', 'first')
  await timers.advance(1_000)
  assert.deepEqual(ended, ['first'])
  keeper.leave('anna', 'second')
  assert.equal(keeper.take('berta'), null)
  assert.deepEqual(ended, ['first', 'second'])
  keeper.leave('anna', 'third')
  keeper.drop()
  keeper.drop()
  assert.deepEqual(ended, ['first', 'second', 'third'])
})
