import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { loadImage } from '@napi-rs/canvas'
import { demoCells } from '#demo/demo-cells.ts'
import { tileAt, tileKey } from '#geo/tile-grid.ts'
import { randomBy } from '#test/audit-cells.ts'
import { prepareCell, showCell } from '#test/chart-cells.ts'
import { type Fixture, startFixture } from '../http/server-fixture.ts'

let fixture: Fixture
let token: string

before(async () => {
  fixture = await startFixture()
  for (const { files } of demoCells()) await showCell(fixture.db, fixture.tiles, prepareCell(files))
  const principal = await fixture.accounts.authenticate(await fixture.adminSession())
  token = (await fixture.accounts.tokens.create(principal, { name: 'tiles' })).id
})
after(() => fixture[Symbol.asyncDispose]())

async function get(path: string, init: RequestInit = {}) {
  const response = await fetch(fixture.origin + path, {
    ...init,
    headers: { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string> | undefined) },
  })
  return { response, bytes: Buffer.from(await response.arrayBuffer()) }
}

const RASTER = '/api/v2/tiles/enc-raster-v2'
/** In the middle of the harbour cell XX5DEMOA. */
const at = (z: number) => tileKey(tileAt(-34.9575, 42.9475, z))

test('raster tiles are PNG of 256 pixels at both addresses, and of 512 with @2x', async () => {
  for (const [path, size] of [
    [`${RASTER}/${at(14)}.png`, 256],
    [`/api/v2/tiles/raster-v1/${at(14)}.png`, 256],
    [`${RASTER}/${at(14)}@2x.png`, 512],
  ] as const) {
    const { response, bytes } = await get(path)
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('content-type'), 'image/png')
    const image = await loadImage(bytes)
    assert.deepEqual([image.width, image.height], [size, size])
  }
})

test('raster tiles exist from zoom 0 to 22', async () => {
  for (const z of [0, 1, 2, 9, 17, 18, 19, 22]) {
    const { response, bytes } = await get(`${RASTER}/${at(z)}.png`)
    assert.equal(response.status, 200, `zoom ${z}`)
    assert.equal((await loadImage(bytes)).width, 256)
  }
})

test('a raster tile beyond the pyramid is 404 and names the field', async () => {
  for (const path of ['23/0/0', '1/2/0', '1/0/2', 'a/0/0', '3/-1/0']) {
    const { response, bytes } = await get(`${RASTER}/${path}.png`)
    assert.equal(response.status, 404, path)
    assert.equal((JSON.parse(bytes.toString()) as { code: string }).code, 'TILE_NOT_FOUND')
  }
})

test('a wrong parameter of a raster tile is 400 and says what is accepted', async () => {
  for (const query of ['theme=dawn', 'depthLimit=-3', 'depthUnits=miles', 'roundOffSoundings=2', 'hideLayers=a b']) {
    const { response, bytes } = await get(`${RASTER}/${at(12)}.png?${query}`)
    assert.equal(response.status, 400, query)
    assert.match(bytes.toString(), new RegExp(query.split('=')[0] ?? ''))
  }
})

test('a raster tile has an ETag of its own that answers 304, and HEAD has no body', async () => {
  const path = `${RASTER}/${at(14)}.png`
  const { response } = await get(path)
  const etag = response.headers.get('etag') ?? ''
  assert.equal((await get(path, { headers: { 'if-none-match': etag } })).response.status, 304)
  const head = await get(path, { method: 'HEAD' })
  assert.deepEqual([head.response.status, head.bytes.byteLength, head.response.headers.get('etag')], [200, 0, etag])
  assert.notEqual((await get(`${path}?theme=night`)).response.headers.get('etag'), etag)
  const { x, y, z } = tileAt(-34.9575, 42.9475, 14)
  assert.notEqual((await get(`${RASTER}/${z}/${x + 1}/${y}.png`)).response.headers.get('etag'), etag)
})

test('parameters change the picture: theme, safety depth, units and hidden layers', async () => {
  const pictures = await Promise.all(
    ['', 'theme=night', 'depthLimit=12', 'depthUnits=feet', 'hideLayers=s57_depare'].map(async (query) =>
      (await get(`${RASTER}/${at(14)}.png?${query}`)).bytes.toString('base64'),
    ),
  )
  assert.equal(new Set(pictures).size, pictures.length)
})

test('the raster style, the TileJSON and the WMTS capabilities pass parameters and token on', async () => {
  const query = `?theme=night&depthLimit=5&depthUnits=feet&token=${token}`
  const tile = `${RASTER}/{z}/{x}/{y}.png${query}`
  const style = await fixture.call('GET', `/api/v1/styles/raster.json${query}`)
  const { sources, layers } = style.body as { sources: Record<string, { tiles: string[]; tileSize: number }>; layers: unknown[] }
  assert.ok(sources['raster-tiles']?.tiles[0]?.endsWith(tile))
  assert.equal(sources['raster-tiles']?.tileSize, 256)
  assert.deepEqual(layers, [{ id: 'raster-tiles', type: 'raster', source: 'raster-tiles', minzoom: 0, maxzoom: 18 }])
  const json = (await fixture.call('GET', `${RASTER}.json${query}`)).body as { tiles: string[]; maxzoom: number }
  assert.ok(json.tiles[0]?.endsWith(tile))
  assert.equal(json.maxzoom, 22)
  const { response, bytes } = await get(`/api/v1/wmts${query}`)
  assert.match(response.headers.get('content-type') ?? '', /^application\/xml/)
  assert.ok(bytes.toString().includes(`${RASTER}/{TileMatrix}/{TileCol}/{TileRow}.png${query.replaceAll('&', '&amp;')}`))
  assert.match(
    bytes.toString(),
    /<ows:Abstract>Not official, not for navigation\. Charts: [^<]+ Land: Natural Earth<\/ows:Abstract>/,
  )
  assert.equal((await get('/api/v1/styles/raster.json?theme=dawn')).response.status, 400)
})

test('random parameters give a PNG, or a 400 or 404 that says why', async () => {
  const random = randomBy(10)
  const pick = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)]!
  for (let i = 0; i < 60; i++) {
    const z = pick([0, 5, 10, 13, 17, 22, 23])
    const query = new URLSearchParams({
      theme: pick(['day', 'dusk', 'night', 'dawn']),
      depthLimit: pick(['3', '0', '12.5', 'deep', '1000']),
      depthUnits: pick(['meters', 'feet', 'fathoms', '']),
      showLightSectors: pick(['true', 'false']),
      showLayers: pick(['', 's57_depare', 's57_soundg,s57_lights', '!']),
      styleId: pick(['1', '999999']),
    })
    const { response, bytes } = await get(`${RASTER}/${at(z)}${pick(['', '@2x'])}.png?${query}`)
    if (response.status === 200) assert.ok((await loadImage(bytes)).width >= 256)
    else {
      assert.ok([400, 404].includes(response.status), `${response.status}: ${query}`)
      assert.ok((JSON.parse(bytes.toString()) as { detail: string }).detail.length > 10)
    }
  }
})
