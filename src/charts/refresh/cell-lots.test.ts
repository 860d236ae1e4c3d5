import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCellLots } from './cell-lots.ts'

function recorder(fails: (cells: readonly string[]) => Error | null = () => null) {
  const stored: string[][] = []
  const store = async (cells: readonly string[]) => {
    const error = fails(cells)
    if (error !== null) throw error
    stored.push([...cells])
  }
  return { stored, store }
}

test('a full lot is stored at once, and the rest with the next hurry', async () => {
  const { stored, store } = recorder()
  const lots = createCellLots({ size: 2, store, concernsCell: () => false })
  const added = ['a', 'b', 'c'].map((cell) => lots.add(cell))
  lots.hurry()
  await Promise.all(added)
  assert.deepEqual(stored, [['a', 'b'], ['c']])
})

test('a lot that nothing hurries is stored after a while', async () => {
  const { stored, store } = recorder()
  const lots = createCellLots({ size: 5, store, concernsCell: () => false })
  await Promise.all([lots.add('a'), lots.add('b')])
  assert.deepEqual(stored, [['a', 'b']])
})

test('lots of one cell do not wait for each other', async () => {
  const first = Promise.withResolvers<void>()
  const store = ([cell]: readonly string[]) => (cell === 'a' ? first.promise : Promise.resolve())
  const lots = createCellLots({ size: 1, store, concernsCell: () => false })
  const slow = lots.add('a')
  await lots.add('b')
  first.resolve()
  await slow
})

test('the fault of one cell leaves the others of its lot stored', async () => {
  const fault = new Error('a value that cannot be stored')
  const { stored, store } = recorder((cells) => (cells.includes('b') ? fault : null))
  const lots = createCellLots({ size: 3, store, concernsCell: (error) => error === fault })
  const results = await Promise.allSettled(['a', 'b', 'c'].map((cell) => lots.add(cell)))
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  )
  assert.deepEqual(stored, [['a'], ['c']])
})

test('any other fault fails the whole lot, and none of it is tried again', async () => {
  let tries = 0
  const { stored, store } = recorder(() => (tries++ === 0 ? new Error('the database is gone') : null))
  const lots = createCellLots({ size: 2, store, concernsCell: () => false })
  const results = await Promise.allSettled([lots.add('a'), lots.add('b')])
  assert.deepEqual(
    results.map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  await Promise.all([lots.add('c'), lots.add('d')])
  assert.deepEqual(stored, [['c', 'd']])
})
