import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSnapshot } from '../view/chart-snapshot.ts'
import { createSnapshotMemo } from './snapshot-memo.ts'

const snapshot = (version: number) => createSnapshot(version, [])

test('a value is remembered until a newer snapshot comes, and a late value of an older one is not kept', () => {
  const memo = createSnapshotMemo<string>(10)
  const [old, fresh] = [snapshot(1), snapshot(2)]
  assert.equal(memo.get(old, 'a'), undefined)
  memo.set(old, 'a', 'first')
  assert.equal(memo.get(old, 'a'), 'first')
  assert.equal(memo.get(fresh, 'a'), undefined)
  memo.set(old, 'a', 'late')
  assert.equal(memo.get(fresh, 'a'), undefined)
  memo.set(fresh, 'a', 'second')
  assert.equal(memo.get(old, 'a'), undefined)
  assert.equal(memo.get(fresh, 'a'), 'second')
})

test('the oldest values go beyond the limit', () => {
  const memo = createSnapshotMemo<number>(2)
  const now = snapshot(1)
  memo.get(now, 'a')
  for (const [i, key] of ['a', 'b', 'c'].entries()) memo.set(now, key, i)
  assert.deepEqual(
    ['a', 'b', 'c'].map((key) => memo.get(now, key)),
    [undefined, 1, 2],
  )
})
