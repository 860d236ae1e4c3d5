import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { tileAt } from '#geo/tile-grid.ts'
import { systemClock } from '#lib/clock.ts'
import type { UserReport } from '#reports/points/report-record.ts'
import { EXPIRATION_AGE } from '#test/reports.ts'
import { assertProblem } from './assert-problem.ts'
import { addUser, startFixture } from './server-fixture.ts'

let now = Date.UTC(2026, 7, 14, 15, 20)
const fixture = await startFixture({ clock: { ...systemClock, now: () => now } })
after(() => fixture[Symbol.asyncDispose]())
const user = await addUser(fixture, 'user')
const foreign = await addUser(fixture, 'foreign')
const URL = '/api/v1/user-reports'

const create = async (json: object) => {
  const report = { reportType: 'hazard', position: { latitude: 32.1, longitude: -80.7 }, ...json }
  return (await fixture.call('POST', URL, { token: user.token, json: report })).body as UserReport
}
const path = (longitude: number, latitude: number, z: number) => {
  const { x, y } = tileAt(longitude, latitude, z)
  return `${URL}/tiles/${z}/${x}/${y}`
}

async function mvt(address: string, { token = user.token, etag }: { token?: string; etag?: string } = {}) {
  const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'identity', ...(etag && { 'if-none-match': etag }) }
  const response = await fetch(`${fixture.origin}${address}.mvt`, { headers })
  const { layers } = new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer())))
  return { status: response.status, type: response.headers.get('content-type'), etag: response.headers.get('etag') ?? '', layers }
}

interface Collection {
  type: string
  features: { geometry: { type: string; coordinates: number[] }; properties: Record<string, unknown> }[]
}
const json = async (address: string, token = user.token) =>
  (await fixture.call('GET', `${address}.json`, { token })).body as Collection

test('a vector tile has each active report with the documented properties', async () => {
  const report = await create({ properties: { description: 'Log adrift' } })
  const tile = await mvt(path(-80.7, 32.1, 14))
  assert.deepEqual([tile.status, tile.type], [200, 'application/vnd.mapbox-vector-tile'])
  assert.deepEqual(Object.keys(tile.layers), ['user_reports'])
  const feature = tile.layers['user_reports']?.feature(0)
  assert.deepEqual(
    { ...feature?.properties },
    {
      ...{ id: report.id, report_type: 'hazard', upvote_count: 0, downvote_count: 0, is_owner: true },
      ...{ label: 'Hazard - 8/14 15:20', description: 'Log adrift' },
    },
  )
  const { x, y } = tileAt(-80.7, 32.1, 14)
  const geometry = feature?.toGeoJSON(x, y, 14).geometry
  assert.ok(geometry?.type === 'Point')
  const [longitude = 0, latitude = 0] = geometry.coordinates
  assert.ok(Math.abs(longitude + 80.7) < 1e-5 && Math.abs(latitude - 32.1) < 1e-5)
})

test('vector tiles are empty below zoom 11, and beside the report', async () => {
  const layersAt = async (longitude: number, z: number) => Object.keys((await mvt(path(longitude, 32.1, z))).layers)
  assert.deepEqual(await layersAt(-80.7, 10), [])
  assert.deepEqual(await layersAt(-80.7, 11), ['user_reports'])
  assert.deepEqual(await layersAt(-80.6, 14), [])
})

test('a GeoJSON tile has the same reports as points, at any zoom', async () => {
  const [feature, ...others] = (await json(path(-80.7, 32.1, 14))).features
  assert.deepEqual(others, [])
  assert.deepEqual(feature?.geometry, { type: 'Point', coordinates: [-80.7, 32.1] })
  const { id, ...properties } = feature?.properties ?? {}
  assert.equal(typeof id, 'string')
  assert.deepEqual(properties, {
    ...{ reportType: 'hazard', upvoteCount: 0, downvoteCount: 0, isOwner: true, label: 'Hazard - 8/14 15:20' },
    properties: { description: 'Log adrift' },
  })
  assert.equal((await json(`${URL}/tiles/0/0/0`)).features.length, 1)
  assert.equal((await json(path(-80.7, 32.1, 14), foreign.token)).features[0]?.properties['isOwner'], false)
  assert.deepEqual(await json(path(0, 0, 14)), { type: 'FeatureCollection', features: [] })
})

test('the ETag changes with the reports of the tile, and with the caller whom they belong to', async () => {
  const address = path(10, 50, 14)
  const seen: string[] = []
  const changes = async (token = user.token) => {
    const { etag } = await mvt(address, { token })
    assert.ok(!seen.includes(etag), 'the ETag is new')
    seen.push(etag)
    assert.equal((await mvt(address, { token, etag })).status, 304)
    return etag
  }
  const empty = await changes()
  const { id } = await create({ position: { latitude: 50, longitude: 10 } })
  await changes()
  await changes(foreign.token)
  await fixture.call('POST', `${URL}/${id}/votes`, { token: foreign.token, json: { vote: 'valid' } })
  await changes()
  await create({ position: { latitude: 0, longitude: 0 } })
  assert.equal((await mvt(address)).etag, seen.at(-1), 'a report elsewhere changes nothing here')
  now += EXPIRATION_AGE
  assert.equal((await mvt(address)).etag, empty, 'an expired report is gone')
})

test('a report on the antimeridian is in the westernmost tile, and one at a pole in none', async () => {
  for (const longitude of [180, -180]) await create({ position: { latitude: 5, longitude } })
  await create({ position: { latitude: 90, longitude: 0 } })
  const west = await mvt(path(-180, 5, 12))
  assert.equal(west.layers['user_reports']?.length, 2)
  assert.equal(west.layers['user_reports']?.feature(0).loadGeometry()[0]?.[0]?.x, 0)
  assert.equal((await json(`${URL}/tiles/0/0/0`)).features.length, 2)
})

test('an address outside the tile pyramid is refused', async () => {
  for (const address of ['23/0/0', '-1/0/0', '1/2/0', '1/0/2', '1/x/0', '1.5/0/0']) {
    for (const ending of ['mvt', 'json']) {
      const answer = await fixture.call('GET', `${URL}/tiles/${address}.${ending}`, { token: user.token })
      assertProblem(answer, 400, 'TILE_OUT_OF_RANGE')
    }
  }
  const answer = await fixture.call('GET', `${path(0, 0, 12)}.mvt?includeBathymetry=maybe`, { token: user.token })
  assertProblem(answer, 400, 'VALIDATION_FAILED')
  assertProblem(await fixture.call('GET', `${path(0, 0, 12)}.mvt`), 401, 'TOKEN_MISSING')
})
