import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { demoCells } from '#demo/demo-cells.ts'
import { tileAt, tileKey } from '#geo/tile-grid.ts'
import { type PreparedCell, prepareCell, showCell } from '#test/chart-cells.ts'
import { createManualClock } from '#test/manual-clock.ts'
import { type Fixture, startFixture } from '../http/server-fixture.ts'

let fixture: Fixture
let token: string
/** Of tokens. */
const clock = createManualClock()
/** Requests that came to a route: those that were not answered before. */
let routed = 0
const cells: PreparedCell[] = demoCells().map(({ files }) => prepareCell(files))

before(async () => {
  fixture = await startFixture({
    clock,
    tileMemoryBytes: 2 ** 26,
    prepare: (app) => {
      app.addHook('preHandler', async () => {
        routed++
      })
    },
  })
  for (const cell of cells) await showCell(fixture.db, fixture.tiles, cell)
})
beforeEach(async () => {
  const principal = await fixture.accounts.authenticate(await fixture.adminSession())
  token = (await fixture.accounts.tokens.create(principal, { name: 'tiles' })).id
})
after(() => fixture[Symbol.asyncDispose]())

const HARBOUR = tileKey(tileAt(-34.9575, 42.9475, 14))
const VECTOR = `/api/v2/tiles/enc-v2/${HARBOUR}.mvt`
const RASTER = `/api/v2/tiles/enc-raster-v2/${HARBOUR}.png`
const ADDRESSES = [VECTOR, RASTER, `${RASTER}?theme=night`, `${VECTOR}?token=`]

async function get(path: string, init: RequestInit = {}) {
  const isInAddress = path.endsWith('token=')
  const headers = { ...(isInAddress ? {} : { authorization: `Bearer ${token}` }), ...(init.headers as Record<string, string>) }
  const begun = routed
  const response = await fetch(fixture.origin + path + (isInAddress ? token : ''), { ...init, headers })
  const bytes = Buffer.from(await response.arrayBuffer())
  const own = Object.fromEntries([...response.headers].filter(([name]) => name !== 'date' && name !== 'x-request-id'))
  return { status: response.status, headers: own, bytes, isRouted: routed > begun, id: response.headers.get('x-request-id') }
}

test('a repeated request for a tile gets the same answer under an id of its own, and no route is asked', async () => {
  for (const path of ADDRESSES) {
    const first = await get(path)
    const again = await get(path)
    assert.deepEqual([first.status, first.isRouted, again.isRouted], [200, true, false], path)
    assert.deepEqual([again.status, again.headers, again.bytes], [first.status, first.headers, first.bytes], path)
    assert.notEqual(again.id, first.id)
  }
})

test('a client that has the tile is answered 304 without a body, routed or not', async () => {
  for (const path of ADDRESSES) {
    const { headers } = await get(path)
    const { etag = '' } = headers
    const known = await get(path, { headers: { 'if-none-match': etag } })
    assert.deepEqual([known.status, known.bytes.byteLength, known.isRouted, known.headers['etag']], [304, 0, false, etag], path)
    const other = await get(path, { headers: { 'if-none-match': '"another"' } })
    assert.deepEqual([other.status, other.isRouted], [200, false], path)
  }
})

test('HEAD, another encoding and a request with a body take the usual way to the same tile', async () => {
  const { headers } = await get(VECTOR)
  const head = await get(VECTOR, { method: 'HEAD' })
  assert.deepEqual([head.status, head.bytes.byteLength, head.isRouted, head.headers['etag']], [200, 0, true, headers['etag']])
  const plain = { headers: { 'accept-encoding': 'identity' } }
  for (const { headers: own, isRouted } of [await get(VECTOR, plain), await get(VECTOR, plain)]) {
    assert.deepEqual(
      [own['content-encoding'], `"${own['etag']?.slice(1, -1)}-gzip"`, isRouted],
      [undefined, headers['etag'], true],
    )
  }
})

test('a token that was deleted, or restricted to other pages, is refused although its tile was just sent', async () => {
  const principal = await fixture.accounts.authenticate(await fixture.adminSession())
  for (const path of [VECTOR, RASTER]) {
    await get(path)
    assert.equal((await get(path)).isRouted, false)
    await fixture.accounts.tokens.update(principal, token, { restrictions: { hosts: ['b.test'] } })
    assert.equal((await get(path, { headers: { origin: 'https://a.test' } })).status, 401)
    assert.equal((await get(path, { headers: { origin: 'https://b.test' } })).status, 200)
    assert.equal((await get(path, { headers: { origin: 'https://a.test' } })).status, 401)
    await fixture.accounts.tokens.update(principal, token, { restrictions: null })
    assert.equal((await get(path)).status, 200)
  }
  await fixture.accounts.tokens.delete(principal, token)
  for (const path of [VECTOR, RASTER]) assert.equal((await get(path)).status, 401)
})

test('after a second the token is looked up again, so one that another process deleted is refused', async () => {
  await get(VECTOR)
  assert.equal((await get(VECTOR)).isRouted, false)
  clock.advance(1_000)
  assert.deepEqual([(await get(VECTOR)).isRouted, (await get(VECTOR)).isRouted], [true, false])
  await fixture.db.deleteFrom('api_token').execute()
  clock.advance(1_000)
  assert.equal((await get(VECTOR)).status, 401)
})

test('a tile with a custom style is looked up each time, because the style may have changed', async () => {
  const path = `${RASTER}?styleName=own`
  assert.deepEqual([(await get(path)).isRouted, (await get(path)).isRouted], [true, true])
})

test('when the charts change, the next request gets the new tile', async () => {
  const old = new Map<string, string | undefined>()
  for (const path of [VECTOR, RASTER]) old.set(path, (await get(path)).headers['etag'])
  await fixture.db.deleteFrom('cell').where('name', '!=', 'XX2DEMOA').execute()
  await fixture.tiles.charts.until((snapshot) => snapshot.cells.length === 1)
  for (const [path, etag] of old) {
    const fresh = await get(path)
    assert.deepEqual([fresh.status, fresh.isRouted, fresh.headers['etag'] === etag], [200, true, false], path)
    assert.equal((await get(path)).isRouted, false)
  }
})
