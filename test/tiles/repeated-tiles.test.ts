import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, beforeEach, test } from 'node:test'
import { demoCells } from '#demo/demo-cells.ts'
import { tileAt, tileKey } from '#geo/tile-grid.ts'
import { type PreparedCell, prepareCell, showCell } from '#test/chart-cells.ts'
import { createManualClock } from '#test/manual-clock.ts'
import { metricsOf, sumOf } from '#test/metrics.ts'
import { type Fixture, startFixture } from '../http/server-fixture.ts'

let fixture: Fixture
let token: string
/** Of tokens. */
const clock = createManualClock()
/** Requests that reached a route, because they were not answered before it. */
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

test('a repeated request for a tile gets the same response with its own id, without reaching a route', async () => {
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

test('repeated requests are counted under their route and status', async () => {
  const { etag = '' } = (await get(VECTOR)).headers
  const count = async (status: string) =>
    sumOf(await metricsOf(fixture.origin), 'chartroom_http_request_seconds_count', {
      route: '/api/v2/tiles/enc-v2/:z/:x/:y.mvt',
      method: 'GET',
      status,
    })
  const before = [await count('200'), await count('304')]
  const repeated = [await get(VECTOR), await get(VECTOR), await get(VECTOR, { headers: { 'if-none-match': etag } })]
  assert.deepEqual(
    repeated.map(({ isRouted }) => isRouted),
    [false, false, false],
  )
  assert.deepEqual([await count('200'), await count('304')], [before[0]! + 2, before[1]! + 1])
})

/** Sends bytes over a connection of their own and returns everything that is answered until the server closes it. */
async function raw(bytes: string): Promise<Buffer> {
  const socket = connect(Number(new URL(fixture.origin).port), '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk)).write(bytes)
  await once(socket, 'close')
  return Buffer.concat(chunks)
}

test('pipelined requests for a tile are answered in order, each under its own id', async () => {
  const { bytes } = await get(VECTOR, { headers: { 'accept-encoding': 'gzip' } })
  assert.equal((await get(VECTOR, { headers: { 'accept-encoding': 'gzip' } })).isRouted, false)
  const lines = `GET ${VECTOR} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nAccept-Encoding: gzip\r\n`
  const answers = (await raw(`${lines}\r\n${lines}\r\n${lines}Connection: close\r\n\r\n`))
    .toString('latin1')
    .split('HTTP/1.1 200 OK\r\n')
  const ids = answers.slice(1).map((answer) => /^x-request-id: (\S+)\r$/m.exec(answer)?.[1])
  assert.equal(new Set(ids).size, 3)
  const bodies = answers.slice(1).map((answer) => answer.slice(answer.indexOf('\r\n\r\n') + 4))
  assert.equal(new Set(bodies).size, 1)
  assert.ok(Buffer.byteLength(bodies[0]!, 'latin1') > 100 && bytes.byteLength > 100)
  // A connection that ends after its response says so.
  assert.match(answers[3]!, /^connection: close\r$/im)
})

test('a repeated request with a second Host is refused', async () => {
  await get(VECTOR)
  const lines = `GET ${VECTOR} HTTP/1.1\r\nHost: x\r\nHost: y\r\nAuthorization: Bearer ${token}\r\nAccept-Encoding: gzip, deflate\r\n`
  assert.equal((await get(VECTOR, { headers: { 'accept-encoding': 'gzip, deflate' } })).status, 200)
  assert.match((await raw(`${lines}Connection: close\r\n\r\n`)).toString('latin1'), /^HTTP\/1\.1 400 /)
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
