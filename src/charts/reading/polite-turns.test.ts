import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPoliteTurns } from './polite-turns.ts'

const { signal } = new AbortController()

/** Turns, and tasks that end on command. */
function setUp(threads: number) {
  const asking = { now: false }
  const turns = createPoliteTurns({ threads, clientsAsk: () => asking.now })
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const add = (name: string, abort = signal) =>
    turns.run(abort, async () => {
      begun.push(name)
      await new Promise<void>((resolve) => ends.set(name, resolve))
    })
  const end = async (name: string) => {
    ends.get(name)!()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { asking, turns, begun, add, end }
}
const soon = () => new Promise((resolve) => setImmediate(resolve))

test('all threads read while no client sends requests, and one rests while clients do', async () => {
  const { asking, turns, begun, add, end } = setUp(2)
  const tasks = ['a', 'b', 'c', 'd'].map((name) => add(name))
  await soon()
  assert.deepEqual([begun, turns.waiting()], [['a', 'b'], 2])
  asking.now = true
  await end('a')
  assert.deepEqual([begun, turns.waiting()], [['a', 'b'], 2], 'b still runs')
  await end('b')
  assert.deepEqual([begun, turns.waiting()], [['a', 'b', 'c'], 1])
  asking.now = false
  while (turns.waiting() > 0) await new Promise((resolve) => setTimeout(resolve, 10))
  await soon()
  assert.deepEqual(begun, ['a', 'b', 'c', 'd'], 'the rest ends when clients stop asking')
  await end('c')
  await end('d')
  await Promise.all(tasks)
})

test('a single thread never rests', async () => {
  const { asking, begun, add, end } = setUp(1)
  asking.now = true
  const task = add('only')
  await soon()
  assert.deepEqual(begun, ['only'])
  await end('only')
  await task
})

test('a task that is cancelled while it waits gives its turn to the next', async () => {
  const { asking, turns, begun, add, end } = setUp(2)
  asking.now = true
  const gone = new AbortController()
  const first = add('first')
  const left = add('left', gone.signal)
  const next = add('next')
  gone.abort(new Error('cancelled'))
  await assert.rejects(left, /cancelled/)
  assert.equal(turns.waiting(), 1)
  await end('first')
  assert.deepEqual(begun, ['first', 'next'])
  await end('next')
  await Promise.all([first, next])
})
