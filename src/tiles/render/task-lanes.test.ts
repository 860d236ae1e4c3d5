import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AppError } from '#lib/errors.ts'
import { createTaskLanes, type Lane } from './task-lanes.ts'

const { signal } = new AbortController()

/** Lanes whose tasks end on command, and the names of the tasks that have begun, in order. */
function setUp(threads: number, spare?: number) {
  const lanes = createTaskLanes(threads, spare)
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const add = (name: string, lane: Lane, abort = signal) =>
    lanes.run(lane, abort, async () => {
      begun.push(name)
      await new Promise<void>((resolve) => ends.set(name, resolve))
      return name
    })
  return { lanes, begun, add, end: (name: string) => ends.get(name)!() }
}

test('small plans overtake large ones and drawings', async () => {
  const { begun, add, end } = setUp(1)
  const large = add('large', 'largePlan')
  const behind = add('large behind', 'largePlan')
  const drawing = add('drawing', 'drawing')
  const small = add('small', 'smallPlan')
  const second = add('small too', 'smallPlan')
  await Promise.resolve()
  assert.deepEqual(begun, ['large', 'small'], 'a thread is reserved for small plans')
  end('small')
  await small
  await Promise.resolve()
  assert.deepEqual(begun, ['large', 'small', 'small too'])
  end('small too')
  end('large')
  await Promise.all([second, large])
  await Promise.resolve()
  end('large behind')
  await behind
  await Promise.resolve()
  end('drawing')
  assert.equal(await drawing, 'drawing')
  assert.deepEqual(begun, ['large', 'small', 'small too', 'large behind', 'drawing'])
})

test('without a spare thread a small plan is the next task, and begins when one of the others ends', async () => {
  const { lanes, begun, add, end } = setUp(2, 0)
  const large = add('large', 'largePlan')
  const drawings = [add('drawing 1', 'drawing'), add('drawing 2', 'drawing')]
  const small = add('small', 'smallPlan')
  await Promise.resolve()
  assert.deepEqual([begun, lanes.running()], [['large', 'drawing 1'], 2])
  end('drawing 1')
  await drawings[0]
  await Promise.resolve()
  assert.deepEqual([begun.at(-1), lanes.running()], ['small', 2])
  end('small')
  await small
  await Promise.resolve()
  for (const name of ['large', 'drawing 2']) end(name)
  await Promise.all([large, drawings[1]])
})

test('large plans leave a thread to drawings, and the overview waits for all else', async () => {
  const { lanes, begun, add, end } = setUp(2)
  const overview = add('overview', 'overview')
  const large = [add('large 1', 'largePlan'), add('large 2', 'largePlan')]
  const drawing = add('drawing', 'drawing')
  await Promise.resolve()
  assert.deepEqual(begun, ['overview', 'drawing'])
  assert.equal(lanes.running(), 2)
  assert.equal(lanes.queued(), 2)
  const next = add('overview 2', 'overview')
  for (const name of ['overview', 'large 1', 'large 2', 'drawing', 'overview 2']) {
    await Promise.resolve()
    end(name)
    await { overview, 'large 1': large[0], 'large 2': large[1], drawing, 'overview 2': next }[name]
    await Promise.resolve()
  }
  assert.deepEqual(begun, ['overview', 'drawing', 'large 1', 'large 2', 'overview 2'])
  assert.equal(lanes.running(), 0)
})

test('a task whose caller leaves before it begins never begins, and one that fails frees its place', async () => {
  const { lanes, begun, add, end } = setUp(1)
  const gone = new AbortController()
  const first = add('first', 'drawing')
  const left = add('left', 'drawing', gone.signal)
  gone.abort(new Error('the client has gone'))
  await assert.rejects(left, /the client has gone/)
  assert.equal(lanes.queued(), 0)
  end('first')
  await first
  await assert.rejects(
    lanes.run('drawing', signal, async () => {
      throw new Error('broken')
    }),
    /broken/,
  )
  const next = add('next', 'drawing')
  await Promise.resolve()
  end('next')
  await next
  assert.deepEqual(begun, ['first', 'next'])
})

test('a full lane refuses with 503', async () => {
  const { lanes, add, end } = setUp(1)
  const first = add('first', 'largePlan')
  const gone = new AbortController()
  const queued = Array.from({ length: 400 }, (_, i) => add(`queued ${i}`, 'largePlan', gone.signal))
  await assert.rejects(
    add('one more', 'largePlan'),
    (error: unknown) => error instanceof AppError && error.status === 503 && error.code === 'TILES_BUSY',
  )
  gone.abort(new Error('enough'))
  const results = await Promise.allSettled(queued)
  assert.ok(results.every(({ status }) => status === 'rejected'))
  end('first')
  await first
  assert.equal(lanes.queued(), 0)
})
