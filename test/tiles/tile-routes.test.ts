import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { CELL_PLANS } from '#demo/demo-cell-plans.ts'
import { demoCells } from '#demo/demo-cells.ts'
import { tileAt, tileKey } from '#geo/tile-grid.ts'
import { type PreparedCell, prepareCell, showCell } from '#test/chart-cells.ts'
import { addUser, type Fixture, startFixture } from '../http/server-fixture.ts'

// The invented coast: an overview, a coastal cell and three harbour cells.

let fixture: Fixture
let token: string
const cells = new Map<string, PreparedCell>()

before(async () => {
  fixture = await startFixture()
  for (const { name, files } of demoCells()) cells.set(name, prepareCell(files))
  for (const cell of cells.values()) await showCell(fixture.db, fixture.tiles, cell)
  const principal = await fixture.accounts.authenticate(await fixture.adminSession())
  token = (await fixture.accounts.tokens.create(principal, { name: 'tiles' })).id
})
after(() => fixture[Symbol.asyncDispose]())

async function fetchBytes(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(fixture.origin + path, { headers: { authorization: `Bearer ${token}`, ...headers } })
  return { response, bytes: Buffer.from(await response.arrayBuffer()) }
}

const decode = (bytes: Uint8Array) => new VectorTile(new PbfReader(bytes))
const at = (longitude: number, latitude: number, z: number) => tileKey(tileAt(longitude, latitude, z))
/** In the middle of the harbour cell XX5DEMOA. */
const harbour = [-34.9575, 42.9475] as const

test('at every zoom the tile over the harbour has depth areas or land, from the right cells', async () => {
  for (let z = 0; z <= 16; z++) {
    const { response, bytes } = await fetchBytes(`/api/v2/tiles/enc-v2/${at(...harbour, z)}.mvt`)
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('content-type'), 'application/x-protobuf')
    const layers = Object.keys(decode(bytes).layers)
    assert.ok(layers.includes('s57_depare') || layers.includes('s57_lndare'), `zoom ${z}: ${layers}`)
    const named = response.headers.get('x-chart-cells') ?? ''
    assert.match(named, z < 11 ? /XX2DEMOA 3\.0/ : z < 14 ? /XX3DEMOA 3\.0/ : /XX5DEMOA 3\.0/, `zoom ${z}`)
  }
})

test('each sounding is one point with DEPTH, and each contour names the next shallower one', async () => {
  const { bytes } = await fetchBytes(`/api/v2/tiles/enc-v2/${at(...harbour, 14)}.mvt`)
  const tile = decode(bytes)
  const soundings = tile.layers['s57_soundg']!
  assert.ok(soundings.length > 0)
  for (let i = 0; i < soundings.length; i++) {
    const sounding = soundings.feature(i)
    assert.equal(sounding.type, 1)
    assert.equal(sounding.loadGeometry().length, 1)
    assert.equal(typeof sounding.properties['DEPTH'], 'number')
  }
  const contours = tile.layers['s57_depcnt']!
  const values = Array.from({ length: contours.length }, (_, i) => contours.feature(i).properties)
  assert.ok(values.some(({ VALDCO, valdcoPrev }) => Number(valdcoPrev) < Number(VALDCO)))
})

test('a tile without charts has the background land, or is empty at sea', async () => {
  const sea = await fetchBytes(`/api/v2/tiles/enc-v2/${at(-140, -40, 8)}.mvt`)
  assert.equal(sea.response.status, 200)
  assert.equal(sea.bytes.byteLength, 0)
  assert.equal(sea.response.headers.get('content-type'), 'application/x-protobuf')
  const land = await fetchBytes(`/api/v2/tiles/enc-v2/${at(10, 50, 8)}.mvt`)
  assert.deepEqual(Object.keys(decode(land.bytes).layers), ['basemap_land'])
})

for (const [path, message] of [
  ['17/0/0', /z must be a whole number from 0 to 16/],
  ['-1/0/0', /z must be/],
  ['4/16/0', /x must be a whole number from 0 to 15 at zoom 4/],
  ['4/0/16', /y must be/],
  ['4/x/y', /x must be.*y must be/],
  ['1.5/0/0', /z must be/],
  ['0x1/0/0', /z must be/],
  ['3/99999999999999999999999/0', /x must be/],
  ['3/1e0/0', /x must be/],
] as const) {
  test(`the tile ${path} is refused with 400`, async () => {
    const { status, body } = await fixture.call('GET', `/api/v2/tiles/enc-v2/${path}.mvt`, { token })
    assert.equal(status, 400)
    assert.equal((body as { code: string }).code, 'TILE_OUT_OF_RANGE')
    assert.match((body as { detail: string }).detail, message)
  })
}

describe('HTTP', () => {
  const path = `/api/v2/tiles/enc-v2/${at(...harbour, 13)}.mvt`

  test('each encoding has a strong ETag; 304, HEAD and a token in the URL work', async () => {
    const plain = await fetchBytes(path, { 'accept-encoding': 'identity' })
    const etag = plain.response.headers.get('etag')!
    assert.match(etag, /^"[0-9a-f]{32}"$/)
    assert.equal(plain.response.headers.get('cache-control'), 'private, max-age=60')
    assert.equal(plain.response.headers.get('content-encoding'), null)
    assert.match(plain.response.headers.get('vary') ?? '', /Accept-Encoding/)
    const zipped = await fetchBytes(path, { 'accept-encoding': 'gzip' })
    assert.equal(zipped.response.headers.get('content-encoding'), 'gzip')
    assert.notEqual(zipped.response.headers.get('etag'), etag)
    assert.deepEqual(zipped.bytes, plain.bytes, 'fetch decompressed it')
    const same = await fetchBytes(path, { 'accept-encoding': 'identity', 'if-none-match': `"other", W/${etag}` })
    assert.equal(same.response.status, 304)
    assert.equal(same.bytes.byteLength, 0)
    assert.equal(same.response.headers.get('etag'), etag)
    const head = await fetch(`${fixture.origin}${path}?token=${token}`, {
      method: 'HEAD',
      headers: { 'accept-encoding': 'identity' },
    })
    assert.equal(head.status, 200)
    assert.equal(head.headers.get('etag'), etag)
    assert.equal((await fetch(fixture.origin + path)).status, 401)
    const unwanted = await fetchBytes(path, { 'accept-encoding': 'gzip;q=0, br' })
    assert.equal(unwanted.response.headers.get('content-encoding'), null)
  })

  test('the cache on disk holds the tile as it was sent', async () => {
    const { response } = await fetchBytes(path, { 'accept-encoding': 'gzip' })
    const kept = await fixture.tiles.cache.get(/[0-9a-f]{32}/.exec(response.headers.get('etag')!)![0])
    assert.ok(kept !== null && decode(gunzipSync(kept)).layers['s57_depare'] !== undefined)
  })

  test('concurrent requests for a tile get the same answer when one client disconnects', async () => {
    const fresh = `/api/v2/tiles/enc-v2/${at(-34.9, 42.9, 12)}.mvt`
    const impatient = new AbortController()
    const gone = fetch(fixture.origin + fresh, { headers: { authorization: `Bearer ${token}` }, signal: impatient.signal })
    const answers = Array.from({ length: 8 }, () => fetchBytes(fresh))
    impatient.abort()
    await assert.rejects(async () => await (await gone).arrayBuffer())
    const all = await Promise.all(answers)
    assert.deepEqual(new Set(all.map(({ response }) => response.status)), new Set([200]))
    assert.equal(new Set(all.map(({ bytes }) => bytes.toString('base64'))).size, 1)
  })
})

test('only its own account gets an uploaded cell in its tiles', async () => {
  const owner = await addUser(fixture, 'skipper')
  const other = await addUser(fixture, 'stranger')
  const cell = { ...cells.get('XX5DEMOA')! }
  const own = { ...cell, summary: { ...cell.summary, name: 'XX5DEMOA', edition: 9 } }
  await showCell(fixture.db, fixture.tiles, own, owner.accountId)
  const path = `/api/v2/tiles/enc-v2/${at(...harbour, 15)}.mvt`
  const named = async (bearer: string) => (await fixture.call('GET', path, { token: bearer })).headers.get('x-chart-cells') ?? ''
  assert.match(await named(owner.token), /XX5DEMOA 9\.0/)
  assert.match(await named(other.token), /XX5DEMOA 3\.0/)
  assert.doesNotMatch(await named(other.token), /9\.0/)
  const list = async (bearer: string) =>
    ((await fixture.call('GET', '/api/v1/cells', { token: bearer })).body as { cells: { name: string; isPublic: boolean }[] })
      .cells
  assert.equal((await list(owner.token)).filter(({ name }) => name === 'XX5DEMOA').length, 2)
  assert.ok((await list(other.token)).every(({ isPublic }) => isPublic))
  await fixture.db.deleteFrom('cell').where('account_id', '=', owner.accountId).execute()
})

test('a new edition changes the ETag of exactly the tiles where it has ground', async () => {
  const paths = [at(...harbour, 15), at(-34.9, 42.88, 15), at(-36, 42, 9), at(...harbour, 5), at(10, 50, 8)]
  const etags = async () =>
    await Promise.all(
      paths.map(async (path) => (await fetchBytes(`/api/v2/tiles/enc-v2/${path}.mvt`)).response.headers.get('etag')),
    )
  const old = await etags()
  const cell = cells.get('XX5DEMOC')!
  // The same chart without its update has other content, so it is another compiled cell.
  const base = demoCells()
    .find(({ name }) => name === 'XX5DEMOC')!
    .files.slice(0, 1)
  await showCell(fixture.db, fixture.tiles, prepareCell(base))
  const next = await etags()
  assert.deepEqual(
    paths.map((_, i) => old[i] === next[i]),
    [true, false, true, true, true],
  )
  await showCell(fixture.db, fixture.tiles, cell)
  assert.deepEqual(await etags(), old)
})

test('tiles of a damaged compiled cell answer 503 and recover with the cell', async () => {
  const cell = cells.get('XX5DEMOB')!
  const plan = CELL_PLANS.find(({ name }) => name === 'XX5DEMOB')!
  const path = `/api/v2/tiles/enc-v2/${at((plan.box[0] + plan.box[2]) / 2, (plan.box[1] + plan.box[3]) / 2, 16)}.mvt`
  const key = `compiled/00/${'0'.repeat(64)}.cell`
  await showCell(fixture.db, fixture.tiles, { ...cell, key, bytes: cell.bytes.subarray(0, cell.bytes.byteLength / 2) })
  const answer = await fixture.call('GET', path, { token })
  assert.equal(answer.status, 503)
  assert.ok(answer.headers.get('retry-after'))
  assert.deepEqual(fixture.tiles.broken, [key])
  await showCell(fixture.db, fixture.tiles, cell)
  assert.equal((await fixture.call('GET', path, { token })).status, 200)
})

test('TileJSON names the layers, the attribution and, if given in the URL, the token', async () => {
  const json = (await fixture.call('GET', `/api/v2/tiles/enc-v2.json?token=${token}`)).body as {
    tiles: string[]
    attribution: string
    vector_layers: { id: string; fields: Record<string, string> }[]
  }
  assert.equal(json.tiles[0], `${fixture.origin}/api/v2/tiles/enc-v2/{z}/{x}/{y}.mvt?token=${token}`)
  assert.match(json.attribution, /^Not official, not for navigation\. Charts: Invented demo charts\. Land: /)
  const layers = new Map(json.vector_layers.map(({ id, fields }) => [id, fields]))
  assert.equal(layers.get('s57_depare')?.['DRVAL1'], 'Number')
  for (const path of [at(...harbour, 14), at(...harbour, 9)]) {
    const { bytes } = await fetchBytes(`/api/v2/tiles/enc-v2/${path}.mvt`)
    for (const [name, layer] of Object.entries(decode(bytes).layers)) {
      const fields = layers.get(name)
      assert.ok(fields !== undefined, name)
      for (let i = 0; i < layer.length; i++) {
        for (const key of Object.keys(layer.feature(i).properties)) assert.ok(key in fields, `${name} ${key}`)
      }
    }
  }
})
