import assert from 'node:assert/strict'
import { test } from 'node:test'
import { append, arrive, EMPTY_SNAPSHOT, merge, reveal, type Snapshot, settle, withdraw } from './snapshot-list.ts'

const list: Snapshot = { shown: ['c', 'b', 'a'], fresh: [] }

test('what arrives waits, once, and shown rows keep their places', () => {
  const next = arrive(arrive(arrive(list, 'd'), 'e'), 'd')
  assert.deepEqual(next, { shown: ['c', 'b', 'a'], fresh: ['e', 'd'] })
  assert.equal(arrive(list, 'b'), list)
  assert.deepEqual(withdraw(next, 'e').fresh, ['d'])
})

test('reading the first page again moves nothing', () => {
  assert.deepEqual(merge(list, ['e', 'd', 'c', 'a', 'older']), { shown: ['c', 'b', 'a'], fresh: ['e', 'd'] })
  assert.deepEqual(merge(EMPTY_SNAPSHOT, ['b', 'a']), { shown: ['b', 'a'], fresh: [] })
  assert.deepEqual(merge({ shown: ['a'], fresh: ['x', 'd'] }, ['e', 'd', 'a']).fresh, ['e', 'd', 'x'])
})

test('settling shows what waits, on top, and drops what no longer belongs', () => {
  assert.deepEqual(
    settle({ shown: ['c', 'b', 'a'], fresh: ['e', 'd'] }, (id) => id !== 'b'),
    { shown: ['e', 'd', 'c', 'a'], fresh: [] },
  )
  assert.equal(
    settle(list, () => true),
    list,
  )
})

test('older rows go below, without doubles', () => {
  assert.deepEqual(append({ shown: ['c', 'b'], fresh: ['d'] }, ['b', 'a', 'd']), { shown: ['c', 'b', 'a'], fresh: ['d'] })
})

test('what the user started is shown at once', () => {
  assert.deepEqual(reveal({ shown: ['b'], fresh: ['d', 'c'] }, 'd'), { shown: ['d', 'b'], fresh: ['c'] })
})
