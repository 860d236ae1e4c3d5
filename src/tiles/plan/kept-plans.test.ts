import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tileAt } from '#geo/tile-grid.ts'
import { chartCell } from '#test/chart-cell.ts'
import { vector } from '../products/vector.ts'
import type { Outline } from '../view/outline.ts'
import { divideGround } from './divide-ground.ts'
import { createKeptPlans, KEPT_ON_DISK } from './kept-plans.ts'

const tile = tileAt(10.1, 50.05, 10)
const ground = vector.ground(tile)!
const outlineAt = (west: number): Outline => chartCell('C', '', [west, 50, west + 0.1, 50.1]).outline
const few = [outlineAt(10), outlineAt(10.1)]
const many = Array.from({ length: KEPT_ON_DISK + 1 }, (_, i) => outlineAt(10 + i / 10_000))
const { signal } = new AbortController()

/** A cache in a map, and plans whose divisions are counted and wait for `release`. */
function setUp(stored = new Map<string, Buffer>(), mostPlans?: number) {
  const calls: { urgency: string | undefined; signal: AbortSignal }[] = []
  const gate = Promise.withResolvers<void>()
  const plans = createKeptPlans({
    divide: async (where, outlines, abort, urgency) => {
      calls.push({ urgency, signal: abort })
      await gate.promise
      return divideGround(where, outlines)
    },
    cache: {
      get: async (digest) => stored.get(digest) ?? null,
      put: async (digest, content) => void stored.set(digest, Buffer.from(content)),
    },
    mostPlans,
  })
  return { plans, calls, stored, release: gate.resolve }
}

test('callers that ask for the same plan at once share one, and later ones find it', async () => {
  const { plans, calls, stored, release } = setUp()
  const asked = Array.from({ length: 20 }, () => plans.divide(ground, few, signal))
  release()
  const answers = await Promise.all(asked)
  assert.deepEqual(answers[0], divideGround(ground, few))
  assert.ok(answers.every((places) => places.length === answers[0]!.length))
  await plans.divide(ground, few, signal)
  assert.equal(calls.length, 1)
  assert.equal(stored.size, 0, 'a small plan is not stored')
})

test('a plan stops when every caller has left, and not before', async () => {
  const { plans, calls } = setUp()
  const [one, other] = [new AbortController(), new AbortController()]
  const asked = [plans.divide(ground, few, one.signal), plans.divide(ground, few, other.signal)]
  one.abort(new Error('the first has gone'))
  await assert.rejects(asked[0]!, /the first has gone/)
  assert.equal(calls[0]!.signal.aborted, false)
  other.abort(new Error('the second has gone'))
  await assert.rejects(asked[1]!, /the second has gone/)
  assert.equal(calls[0]!.signal.aborted, true)
})

test('a large plan outlives a restart, and is not used for other outlines or another order', async () => {
  const before = setUp()
  before.release()
  const places = await before.plans.divide(ground, many, signal)
  const after = setUp(before.stored)
  after.release()
  assert.deepEqual(await after.plans.divide(ground, many, signal), places)
  assert.equal(after.calls.length, 0)
  await after.plans.divide(ground, many.toReversed(), signal)
  await after.plans.divide(ground, [...many.slice(1), outlineAt(9.99)], signal)
  await after.plans.divide(vector.ground({ ...tile, x: tile.x + 1 })!, many, signal)
  assert.equal(after.calls.length, 3)
})

test('beyond the limit the plans used longest ago are made again', async () => {
  const { plans, calls, release } = setUp(new Map(), 2)
  release()
  const divide = async (x: number) => await plans.divide(vector.ground({ ...tile, x: tile.x + x })!, few, signal)
  for (const x of [0, 1, 0, 2, 0, 2]) await divide(x)
  assert.equal(calls.length, 3)
  await divide(1)
  assert.equal(calls.length, 4)
})

test('what is prepared is found by a request, which never waits for idle work', async () => {
  const { plans, calls, release } = setUp()
  const prepared = plans.prepare(ground, many, signal)
  const asked = plans.divide(ground, many, signal)
  release()
  await Promise.all([prepared, asked])
  assert.deepEqual(
    calls.map(({ urgency }) => urgency),
    ['idle', 'asked'],
  )
  await plans.prepare(ground, many, signal)
  await plans.divide(ground, many, signal)
  assert.equal(calls.length, 2)
})
