import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jobRecord } from '../api/job-record.test-data.ts'
import { createJobStore } from './job-store.ts'
import { createManualTimers } from './manual-timers.ts'

function storeInHand(limit?: number) {
  const timers = createManualTimers()
  const store = createJobStore({ timers, nextFrame: (draw) => timers.after(16, draw), ...(limit === undefined ? {} : { limit }) })
  return { timers, store }
}

test('a row is drawn at most four times a second, and always with the last state', async () => {
  const { timers, store } = storeInHand()
  const drawn: number[] = []
  store.subscribe('a', () => drawn.push(store.get('a')?.percentComplete ?? -1))
  for (let n = 0; n <= 100; n++) {
    store.put([jobRecord({ id: 'a', percentComplete: n, updatedAt: 1_000 + n })])
    await timers.advance(20)
  }
  await timers.advance(1_000)
  assert.ok(drawn.length <= 10, `${drawn.length} draws in two seconds`)
  assert.equal(drawn.at(-1), 100)
})

test('one event draws one row', async () => {
  const { timers, store } = storeInHand()
  let other = 0
  let own = 0
  store.subscribe('a', () => own++)
  store.subscribe('b', () => other++)
  store.put([jobRecord({ id: 'a' })])
  await timers.advance(20)
  assert.deepEqual([own, other], [1, 0])
})

test('an older record never replaces a newer one', () => {
  const { store } = storeInHand()
  store.put([jobRecord({ id: 'a', jobState: 'completed', updatedAt: 2_000 })])
  store.put([jobRecord({ id: 'a', jobState: 'running', updatedAt: 1_000 })])
  assert.equal(store.get('a')?.jobState, 'completed')
})

test('jobs beyond the limit are dropped, the longest unused first, never those on screen', () => {
  const { store } = storeInHand(3)
  store.subscribe('a', () => {})
  for (const id of ['a', 'b', 'c', 'd', 'e']) store.put([jobRecord({ id })])
  assert.equal(store.size(), 3)
  assert.deepEqual(
    ['a', 'b', 'c', 'd', 'e'].filter((id) => store.get(id) !== undefined),
    ['a', 'd', 'e'],
  )
})

test('fifty events a second leave nothing behind when the rows are gone', async () => {
  const { timers, store } = storeInHand()
  const rounds: number[] = []
  const stop = store.onChange((changed) => rounds.push(changed.length))
  const leave = Array.from({ length: 50 }, (_, n) => store.subscribe(`${n}`, () => {}))
  for (let second = 1; second <= 5; second++) {
    for (let n = 0; n < 50; n++) store.put([jobRecord({ id: `${n}`, updatedAt: second * 1_000 })])
    await timers.advance(1_000)
  }
  assert.deepEqual(rounds, [50, 50, 50, 50, 50])
  for (const each of leave) each()
  stop()
  store.clear()
  await timers.advance(1_000)
  assert.equal(timers.waiting(), 0)
  assert.equal(store.size(), 0)
})
