import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { demoCells } from '#demo/demo-cells.ts'
import { tileAt, tileKey } from '#geo/tile-grid.ts'
import {
  assertProblemAnswer,
  assertUnauthorized,
  type ContractServer,
  keysOf,
  startContractServer,
  UUID,
} from './contract-server.ts'

// The documented pages on tiles, queries and attributions of the Core API, against the real server, over an uploaded cell.

interface Collection {
  type: string
  features: { type: string; geometry: { type: string }; properties: Record<string, unknown> }[]
}

const [LONGITUDE, LATITUDE] = [-34.9575, 42.9475]
const ENC = '/api/v2/tiles/enc-v2'
const PNG = '/api/v2/tiles/enc-raster-v2'
const DATA = '/api/v2/tiles/data-geojson-v1'
const SHORE = '/api/v2/tiles/data-shoreline-v1'

let server: ContractServer
before(async () => {
  server = await startContractServer()
  const { name, files } = demoCells().find((cell) => cell.name === 'XX5DEMOA') ?? assert.fail('the demo has XX5DEMOA')
  const { body } = await server.upload(`${name}.000`, files[0]?.bytes ?? '')
  assert.equal(await server.uploadEnds(body.upload.id), 'succeeded')
})
after(() => server?.close())

const get = <T>(target: string, token: string | null = server.admin) => server.call<T>('GET', target, { token })
const at = (z: number) => tileKey(tileAt(LONGITUDE, LATITUDE, z))
/** In the middle of the South Atlantic. */
const OCEAN = '12/1991/2400'
const layersOf = (bytes: Uint8Array) => Object.keys(new VectorTile(new PbfReader(bytes)).layers)

/** Refusals that all tiles share: 401, the token as a parameter, and another status for an address that is not a tile. */
async function assertTileRefusals(base: string, extension: string, status: number, deepest: number | null): Promise<void> {
  const good = `${base}/${at(12)}.${extension}`
  await assertUnauthorized(server, 'GET', good)
  assert.equal((await get(`${good}?token=${server.admin}`, null)).status, 200)
  assert.equal((await get(`${good}?token=${'f'.repeat(32)}`, null)).status, 401)
  const tiles = [
    '3/8/0',
    '3/0/8',
    '-1/0/0',
    '3/-1/0',
    'x/0/0',
    '3/1.5/0',
    '99/0/0',
    ...(deepest === null ? [] : [`${deepest + 1}/0/0`]),
  ]
  for (const tile of tiles) {
    const answer = await get(`${base}/${tile}.${extension}`)
    assert.equal(answer.status, status, `${base}/${tile}.${extension}`)
    assertProblemAnswer(answer)
  }
}

describe('tiles', () => {
  test('a vector tile holds the chart and the basemap; 200 with no layers outside charted areas; 400 and 401', async () => {
    for (const z of [0, 9, 16]) {
      const answer = await get(`${ENC}/${at(z)}.mvt`)
      assert.deepEqual([answer.status, answer.type], [200, 'application/x-protobuf'], String(z))
    }
    assert.ok(layersOf((await get(`${ENC}/${at(14)}.mvt`)).bytes).includes('s57_depare'))
    const empty = await get(`${ENC}/${OCEAN}.mvt`)
    assert.deepEqual([empty.status, layersOf(empty.bytes)], [200, []])
    await assertTileRefusals(ENC, 'mvt', 400, 16)
  })

  test('a vector tile of another account does not hold the charts that were uploaded', async () => {
    const answer = await get(`${ENC}/${at(14)}.mvt`, server.other)
    assert.deepEqual([answer.status, layersOf(answer.bytes).filter((name) => name.startsWith('s57_'))], [200, []])
  })

  for (const base of [PNG, '/api/v2/tiles/raster-v1']) {
    test(`${base} is a picture of 256 by 256 pixels up to zoom 22; 404 for what is no tile; 401`, async () => {
      for (const z of [0, 12, 22]) {
        const answer = await get(`${base}/${at(z)}.png`)
        assert.deepEqual([answer.status, answer.type], [200, 'image/png'], String(z))
        assert.equal(answer.bytes.subarray(1, 4).toString(), 'PNG')
        assert.deepEqual([answer.bytes.readUInt32BE(16), answer.bytes.readUInt32BE(20)], [256, 256])
      }
      const night = await get(`${base}/${at(12)}.png?theme=night`)
      assert.notDeepEqual(night.bytes, (await get(`${base}/${at(12)}.png`)).bytes)
      await assertTileRefusals(base, 'png', 404, 22)
    })
  }

  test('a GeoJSON tile holds the features with their classes and attributes; 400 below zoom 10, 404 without charts; 401', async () => {
    const answer = await get<Collection>(`${DATA}/${at(13)}.json`)
    assert.deepEqual([answer.status, answer.type, answer.body.type], [200, 'application/json', 'FeatureCollection'])
    assert.ok(answer.body.features.length > 0)
    for (const { type, geometry, properties } of answer.body.features) {
      assert.deepEqual([type, typeof geometry.type], ['Feature', 'string'])
      assert.match(String(properties['layerId']), /^[A-Z$_]{6}$/)
      for (const name of Object.keys(properties['attributes'] as object)) assert.equal(name, name.toLowerCase())
    }
    assert.equal((await get(`${DATA}/${at(10)}.json`)).status, 200)
    for (const z of [0, 9]) assert.equal((await get(`${DATA}/${at(z)}.json`)).status, 400, String(z))
    const empty = await get(`${DATA}/${OCEAN}.json`)
    assert.equal(empty.status, 404)
    assertProblemAnswer(empty)
    await assertTileRefusals(DATA, 'json', 400, null)
  })

  test('a shoreline tile is one polygon of land at most, and empty over water; 400 and 401', async () => {
    for (const z of [0, 3, 13]) {
      const { status, type, body } = await get<Collection>(`${SHORE}/${at(z)}.json`)
      assert.deepEqual([status, type, body.type], [200, 'application/json', 'FeatureCollection'], String(z))
      assert.ok(body.features.length <= 1)
      for (const { geometry, properties } of body.features) {
        assert.deepEqual(properties, {})
        assert.match(geometry.type, /^(Multi)?Polygon$/)
      }
    }
    assert.equal((await get<Collection>(`${SHORE}/${at(13)}.json`)).body.features.length, 1)
    assert.deepEqual((await get<Collection>(`${SHORE}/${OCEAN}.json`)).body.features, [])
    await assertTileRefusals(SHORE, 'json', 400, null)
  })
})

describe('queries', () => {
  const QUERY = '/api/v1/enc_query'
  const position = { longitude: LONGITUDE, latitude: LATITUDE }
  interface Result {
    id: string
    parentId: string
    parentCellName: string
    layerId: string
    layerName: string
    position: [number, number] | null
    geometry: { type: string; coordinates: unknown }
    attributes: Record<string, unknown>
    rawAttributes: Record<string, unknown>
    bbox: [[number, number], [number, number]]
  }
  const ask = (json: object, token: string | null = server.admin) =>
    server.call<{ results: Result[] }>('POST', QUERY, { token, json })
  const KEYS = [
    ...[
      'attributes',
      'bbox',
      'geometry',
      'id',
      'layerId',
      'layerName',
      'parentCellName',
      'parentId',
      'position',
      'rawAttributes',
    ],
  ]

  test('ENC Query returns the features near a position, with all documented members', async () => {
    const { status, body } = await ask({ position, radius: 2_000, zoom: 14 })
    assert.deepEqual([status, keysOf(body)], [200, ['results']])
    const classes = new Set(body.results.map(({ layerId }) => layerId))
    assert.ok(classes.has('DEPARE') && classes.has('SOUNDG') && classes.has('DEPCNT'))
    for (const name of ['M_NSYS', 'M_QUAL', 'M_NPUB', 'MAGVAR']) assert.ok(!classes.has(name), name)
    for (const result of body.results) {
      assert.deepEqual(keysOf(result), KEYS)
      assert.match(result.id, UUID)
      assert.match(result.parentId, UUID)
      assert.deepEqual([result.parentCellName, typeof result.layerName], ['XX5DEMOA', 'string'])
      assert.ok(Object.keys(result.attributes).every((name) => name === 'objectName'))
      for (const name of Object.keys(result.rawAttributes)) assert.equal(name, name.toLowerCase())
      const [[west, south], [east, north]] = result.bbox
      assert.ok(west <= east && south <= north && west > -36 && north < 44)
      if (result.geometry.type !== 'Point') continue
      const [longitude, latitude] = result.geometry.coordinates as [number, number]
      assert.deepEqual(result.position, [latitude, longitude])
    }
    const buoy = body.results.find(({ layerId }) => layerId === 'BOYLAT')
    if (buoy) assert.ok(Array.isArray(buoy.rawAttributes['colour']) && typeof buoy.rawAttributes['boyshp'] === 'number')
  })

  test('ENC Query leaves out contours and soundings at zoom 12 and below', async () => {
    const classes = (await ask({ position, radius: 2_000, zoom: 12 })).body.results.map(({ layerId }) => layerId)
    assert.ok(!classes.includes('DEPCNT') && !classes.includes('SOUNDG'))
  })

  test('ENC Query without a zoom answers as at zoom 16', async () => {
    const [finest, without] = await Promise.all([ask({ position, radius: 2_000, zoom: 16 }), ask({ position, radius: 2_000 })])
    assert.ok(finest.body.results.length > 0)
    assert.deepEqual([without.status, without.body], [200, finest.body])
  })

  test('ENC Query is 400 when the radius is missing or no number, and 401 without a token', async () => {
    for (const json of [
      { position, zoom: 14 },
      { position, radius: '50', zoom: 14 },
      { position, radius: null, zoom: 14 },
    ]) {
      const answer = await ask(json)
      assert.equal(answer.status, 400, JSON.stringify(json))
      assertProblemAnswer(answer)
    }
    const json = { position, radius: 50, zoom: 14 }
    await assertUnauthorized(server, 'POST', QUERY, json)
    assert.equal((await server.call('POST', `${QUERY}?token=${server.admin}`, { token: null, json })).status, 200)
  })
})

test('Get Attributions needs no token and names each source of data', async () => {
  const answer = await get<Record<string, unknown>[]>('/api/v1/datasets/attributions', null)
  assert.deepEqual([answer.status, answer.type], [200, 'application/json'])
  const byId = new Map(answer.body.map((each) => [each['id'], each]))
  assert.equal(byId.get('noaa-enc')?.['sourceUrl'], 'https://www.nauticalcharts.noaa.gov/charts/noaa-enc.html')
  assert.equal(byId.get('basemap')?.['sourceUrl'], 'https://www.naturalearthdata.com/')
  for (const each of answer.body) {
    assert.deepEqual(keysOf(each), ['dataProcessedAt', 'dataSourcedAt', 'id', 'longDescription', 'shortDescription', 'sourceUrl'])
    for (const name of ['shortDescription', 'longDescription']) assert.ok(typeof each[name] === 'string' && each[name] !== '')
    for (const name of ['dataSourcedAt', 'dataProcessedAt']) assert.ok(Number.isInteger(each[name]), name)
  }
})
