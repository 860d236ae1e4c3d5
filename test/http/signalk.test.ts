import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { demoCells } from '#demo/demo-cells.ts'
import { tileAt } from '#geo/tile-grid.ts'
import { prepareCell, showCell } from '#test/chart-cells.ts'
import { addUser, type Fixture, startFixture } from './server-fixture.ts'

let fixture: Fixture
let token: string

before(async () => {
  fixture = await startFixture()
  for (const { files } of demoCells()) await showCell(fixture.db, fixture.tiles, prepareCell(files))
  token = (await addUser(fixture, 'mate')).token
})
after(() => fixture[Symbol.asyncDispose]())

interface Chart {
  identifier: string
  type: string
  url: string
  tilemapUrl?: string
  bounds: number[]
  scale: number
  minzoom: number
  maxzoom: number
}

async function charts(version: 1 | 2, query: string, headers: Record<string, string> = {}): Promise<Record<string, Chart>> {
  const response = await fetch(`${fixture.origin}/signalk/v${version}/api/resources/charts${query}`, { headers })
  assert.equal(response.status, 200, await response.clone().text())
  // Freeboard-SK may be served from elsewhere.
  assert.equal(response.headers.get('access-control-allow-origin'), '*')
  return (await response.json()) as Record<string, Chart>
}

test('a SignalK client finds the resources from just the address of the server', async () => {
  const { endpoints } = (await (await fetch(`${fixture.origin}/signalk`)).json()) as {
    endpoints: Record<string, { 'signalk-http': string }>
  }
  for (const version of ['v1', 'v2'] as const) {
    const response = await fetch(`${endpoints[version]?.['signalk-http']}resources/charts?token=${token}`)
    assert.equal(response.status, 200)
  }
})

test('each chart has the members that Freeboard-SK reads, and lies where the cells are', async () => {
  const listed = await charts(2, `?token=${token}`)
  assert.deepEqual(Object.keys(listed), ['enc-day', 'enc-dusk', 'enc-night', 'enc-vector', 'enc-tilejson', 'enc-wmts'])
  for (const [identifier, chart] of Object.entries(listed)) {
    assert.equal(chart.identifier, identifier)
    assert.ok(['tilelayer', 'mapstyleJSON', 'tileJSON', 'WMTS'].includes(chart.type))
    const [west = 0, south = 0, east = 0, north = 0] = chart.bounds
    assert.ok(west <= -36.9 && east >= -33.1 && west > -40 && east < -30 && south < 42 && north > 44, chart.bounds.join())
    assert.equal(chart.scale, 12_000)
    assert.ok(chart.minzoom < chart.maxzoom)
  }
})

test('the addresses answer as they are, with the token in them', async () => {
  const { z, x, y } = tileAt(-34.9575, 42.9475, 12)
  const types: Record<string, RegExp> = {
    tilelayer: /^image\/png/,
    mapstyleJSON: /^application\/json/,
    tileJSON: /^application\/json/,
    WMTS: /^application\/xml/,
  }
  for (const chart of Object.values(await charts(2, `?token=${token}&depthLimit=5`))) {
    assert.match(chart.url, /[?&]depthLimit=5/)
    const url = chart.url.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y))
    const response = await fetch(url)
    assert.equal(response.status, 200, url)
    assert.match(response.headers.get('content-type') ?? '', types[chart.type] ?? /^$/)
    await response.arrayBuffer()
  }
})

test('dusk and night are drawn in their own colours', async () => {
  const { z, x, y } = tileAt(-34.9575, 42.9475, 12)
  const listed = await charts(2, `?token=${token}&theme=day`)
  const pictures = await Promise.all(
    ['enc-day', 'enc-dusk', 'enc-night'].map(async (identifier) => {
      const template = listed[identifier]?.url ?? ''
      const response = await fetch(template.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y)))
      return Buffer.from(await response.arrayBuffer()).toString('base64')
    }),
  )
  assert.equal(new Set(pictures).size, 3)
})

test('version 1 adds the names that older clients read', async () => {
  for (const chart of Object.values(await charts(1, `?token=${token}`))) assert.equal(chart.tilemapUrl, chart.url)
})

test('a token in the header stays out of the addresses', async () => {
  const listed = await charts(2, '', { authorization: `Bearer ${token}` })
  assert.equal(JSON.stringify(listed).includes(token), false)
})

test('one chart is answered by its identifier, and an unknown one is 404', async () => {
  const base = `${fixture.origin}/signalk/v2/api/resources/charts`
  const one = (await (await fetch(`${base}/enc-night?token=${token}`)).json()) as Chart
  assert.match(one.url, /theme=night/)
  for (const identifier of ['enc-noon', '__proto__', 'constructor']) {
    const response = await fetch(`${base}/${identifier}?token=${token}`)
    assert.equal(response.status, 404)
    assert.equal(((await response.json()) as { code: string }).code, 'CHART_NOT_FOUND')
  }
})

test('without a token, and with a wrong parameter, the list is refused', async () => {
  const url = `${fixture.origin}/signalk/v1/api/resources/charts`
  assert.equal((await fetch(url)).status, 401)
  assert.equal((await fetch(`${url}?token=${token}&depthLimit=deep`)).status, 400)
})
