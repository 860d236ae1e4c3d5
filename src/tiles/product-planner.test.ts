import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type TileAddress, tileAt, tileDegrees, tileKey } from '#geo/tile-grid.ts'
import type { Box } from '#test/cells.ts'
import { chartCell } from '#test/chart-cell.ts'
import { createTestDatabase } from '#test/database.ts'
import { divideGround } from './plan/divide-ground.ts'
import { createKeptPlans } from './plan/kept-plans.ts'
import { createProductPlanner } from './product-planner.ts'
import { data } from './products/data.ts'
import type { CachedProduct } from './products/product.ts'
import { vector } from './products/vector.ts'
import { type ChartCell, createSnapshot } from './view/chart-snapshot.ts'

const database = await createTestDatabase()
after(() => database.close())

const box: Box = [10, 50, 10.2, 50.1]
let version = 1
let cells = [chartCell('XX5ONE', 'a', box)]
let divisions = 0
const planner = createProductPlanner({
  db: database.db,
  charts: { current: async () => createSnapshot(version, cells) },
  compiled: {
    load: async () => {
      throw new Error('planning these tiles opens no cell')
    },
  },
  plans: createKeptPlans({
    divide: async (ground, outlines) => {
      divisions++
      return divideGround(ground, outlines)
    },
    cache: { get: async () => null, put: async () => {} },
  }),
})
const tile = tileAt(10.1, 50.05, 13)
const { signal } = new AbortController()

/** A product whose digest is not made of cells: the users of an account. */
const users: CachedProduct<TileAddress, string[]> = {
  ...data,
  name: 'users',
  ground: () => null,
  async facts(_, { db, accountId }) {
    const rows = await db.selectFrom('account').select('name').where('id', '>=', accountId).orderBy('name').execute()
    return rows.map(({ name }) => name)
  },
  digest: ({ request, facts }) =>
    createHash('sha256')
      .update([tileKey(request), ...facts].join('\n'))
      .digest('hex'),
  make: async ({ facts }) => new TextEncoder().encode(JSON.stringify(facts)),
}

test('a plan is made once, and a new edition with the same outline changes the digest without making it again', async () => {
  const first = await planner.plan(data, tile, 1, signal)
  assert.deepEqual(
    first.cells.map(({ name }) => name),
    ['XX5ONE'],
  )
  const again = await planner.plan(data, tile, 1, signal)
  assert.equal(again.cells, first.cells)
  assert.equal(again.digest, first.digest)
  assert.equal(divisions, 1)
  cells = [chartCell('XX5ONE', 'b', box)]
  version++
  assert.notEqual((await planner.plan(data, tile, 1, signal)).digest, first.digest)
  assert.equal(divisions, 1)
  cells = [chartCell('XX5ONE', 'b', [10, 50, 10.2, 50.11])]
  version++
  await planner.plan(data, tile, 1, signal)
  assert.equal(divisions, 2)
})

test('an account plans with its own cells, another one without them', async () => {
  cells = [chartCell('XX5ONE', 'b', box), chartCell('XX5OWN', 'c', box, { accountId: 7, scale: 4_000 })]
  version++
  const names = async (accountId: number) =>
    (await planner.plan(vector, tileAt(10.1, 50.05, 16), accountId, signal)).cells.map(({ name }) => name)
  assert.deepEqual(await names(7), ['XX5OWN'])
  assert.deepEqual(await names(8), ['XX5ONE'])
})

test('the digest of a vector tile changes when a finer cell appears or goes beside it, and not for one further away', async () => {
  const coarse = chartCell('XX4WIDE', 'd', [9, 49, 12, 51], { scale: 90_000, usageBand: 4 })
  const [west, south, east, north] = tileDegrees(tile)
  const width = east - west
  const digest = async (...more: ChartCell[]) => {
    cells = [coarse, ...more]
    version++
    const { digest, cells: found, besideFiner } = await planner.plan(vector, tile, 1, signal)
    assert.deepEqual(
      found.map(({ name }) => name),
      ['XX4WIDE'],
    )
    return { digest, besideFiner }
  }
  const east5 = (from: number) => chartCell('XX5EAST', 'e', [west + from * width, south, west + (from + 1) * width, north])
  const alone = await digest()
  assert.deepEqual(alone.besideFiner, [[]])
  const beside = await digest(east5(1.5))
  assert.deepEqual(beside.besideFiner, [[0]])
  assert.notEqual(beside.digest, alone.digest)
  assert.equal((await digest(east5(1.6))).digest, beside.digest)
  assert.equal((await digest(east5(2.1))).digest, alone.digest)
})

test('facts are read for each request, and other facts give another digest', async () => {
  const before = await planner.plan(users, tile, 0, signal)
  assert.equal((await planner.plan(users, tile, 0, signal)).digest, before.digest)
  assert.deepEqual(before.cells, [])
  await database.db.insertInto('account').values({ name: 'harbour office' }).execute()
  const next = await planner.plan(users, tile, 0, signal)
  assert.notEqual(next.digest, before.digest)
  assert.ok(next.facts.includes('harbour office'))
})

test('a remembered plan does not keep the request that it was made for', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const planOnce = async () => {
    const request = tileAt(10.1, 50.05, 12)
    await planner.plan(data, request, 1, signal)
    return new WeakRef(request)
  }
  const request = await planOnce()
  for (let i = 0; i < 10 && request.deref() !== undefined; i++) {
    await setImmediate()
    collect()
  }
  assert.equal(request.deref(), undefined)
})
