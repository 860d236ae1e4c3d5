import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { demoCells } from '#demo/demo-cells.ts'
import { tileAt } from '#geo/tile-grid.ts'
import { prepareCell, showCell } from '#test/chart-cells.ts'
import { type Fixture, startFixture } from '../http/server-fixture.ts'

let fixture: Fixture
let token: string

before(async () => {
  fixture = await startFixture()
  for (const { files } of demoCells()) await showCell(fixture.db, fixture.tiles, prepareCell(files))
  token = await fixture.adminSession()
})
after(() => fixture[Symbol.asyncDispose]())

interface Found {
  id: string
  parentId: string
  parentCellName: string
  layerId: string
  layerName: string
  position: [number, number] | null
  geometry: { type: string; coordinates: unknown }
  attributes: { objectName?: string }
  rawAttributes: Record<string, unknown>
  bbox: [[number, number], [number, number]]
}

const query = async (body: unknown) => {
  const answer = await fixture.call('POST', '/api/v1/enc_query', { token, json: body })
  return { ...answer, results: (answer.body as { results?: Found[] }).results ?? [] }
}
const position = { longitude: -34.9575, latitude: 42.9475 }

test('a query returns the features near a position with stable ids', async () => {
  const { status, results } = await query({ position, radius: 800, zoom: 15 })
  assert.equal(status, 200)
  assert.ok(results.length > 5)
  assert.ok(
    results.every(({ parentCellName }) => parentCellName === 'XX5DEMOA'),
    'the harbour cell draws at this zoom',
  )
  for (const found of results) {
    assert.match(found.id, /^[0-9a-f-]{36}$/)
    assert.ok(!['M_NSYS', 'M_QUAL', 'M_NPUB', 'MAGVAR'].includes(found.layerId))
    assert.ok(found.bbox[0][0] <= found.bbox[1][0] && found.bbox[0][1] <= found.bbox[1][1])
    if (found.geometry.type === 'Point') {
      const [longitude, latitude] = found.geometry.coordinates as [number, number]
      assert.deepEqual(found.position, [latitude, longitude])
    } else assert.equal(found.position, null)
  }
  assert.ok(results.some(({ layerId }) => layerId === 'SOUNDG'))
  const again = await query({ position, radius: 800, zoom: 15 })
  assert.deepEqual(again.results, results)
  const crowded = await query({ position, radius: 800, zoom: 12 })
  assert.ok(!crowded.results.some(({ layerId }) => layerId === 'SOUNDG' || layerId === 'DEPCNT'))
  assert.ok(crowded.results.every(({ parentCellName }) => parentCellName === 'XX3DEMOA'))
})

test('magnetic variation is answered only where `classes` names it, and then no other class', async () => {
  const rose = { position: { longitude: -34.754078, latitude: 42.838129 }, radius: 100, zoom: 12 }
  const variations = async (more: object) =>
    (await query({ ...rose, ...more })).results.flatMap((found) => (found.layerId === 'MAGVAR' ? [found] : []))
  assert.deepEqual(await variations({}), [])
  assert.deepEqual(await variations({ describe: true }), [])
  assert.deepEqual(await variations({ classes: ['DEPARE'] }), [])
  const { results } = await query({ ...rose, classes: ['MAGVAR', 'M_QUAL'], describe: true })
  assert.deepEqual(
    results.map(({ layerId }) => layerId),
    ['MAGVAR'],
  )
  const [found] = results
  const depths = await query({ ...rose, classes: ['DEPARE'] })
  assert.ok(depths.results.length > 0 && depths.results.every(({ layerId }) => layerId === 'DEPARE'))
  assert.match((found as Found & { words?: string }).words ?? '', /^Magnetic variation: 8°30'W \(2026\)/)
})

test('the radius is in metres on the ground: a mark is found just within it and not just beyond', async () => {
  const { results } = await query({ position, radius: 3_000, zoom: 15 })
  const mark = results.find(({ geometry, layerId }) => geometry.type === 'Point' && layerId !== 'SOUNDG')
  assert.ok(mark?.position)
  const [latitude, longitude] = mark.position
  // 500 m due north of it: on the ellipsoid a degree of latitude is 111,072 m there (by the meridian arc at 42.95 degrees).
  const north = { longitude, latitude: latitude + 500 / 111_089 }
  const ids = async (radius: number) => (await query({ position: north, radius, zoom: 15 })).results.map(({ id }) => id)
  assert.ok((await ids(501)).includes(mark.id))
  assert.ok(!(await ids(499)).includes(mark.id))
})

test('with describe each feature has a sentence and its chart, and without it only the documented members', async () => {
  const plain = await query({ position, radius: 800, zoom: 15 })
  assert.ok(plain.results.every((found) => !('words' in found) && !('source' in found)))
  const described = await query({ position, radius: 800, zoom: 15, describe: true })
  assert.equal(described.results.length, plain.results.length)
  for (const [i, found] of described.results.entries()) {
    const { words, source, ...rest } = found as Found & { words: string; source: { cell: string; edition: number } }
    assert.deepEqual(rest, plain.results[i])
    assert.match(words, /^\p{L}.*[.”]$/u)
    assert.equal(source.cell, found.parentCellName)
    assert.equal(source.edition, 3)
    if (found.layerId === 'DEPARE') assert.match(words, /^(Depth|Dries|From drying) .* m/)
  }
})

for (const [what, body] of [
  ['describe in words', { position, radius: 5, zoom: 12, describe: 'please' }],
  ['no radius', { position, zoom: 12 }],
  ['a radius in words', { position, radius: 'far', zoom: 12 }],
  ['a negative radius', { position, radius: -1, zoom: 12 }],
  ['a radius beyond reason', { position, radius: 1e9, zoom: 12 }],
  ['no position', { radius: 5, zoom: 12 }],
  ['a latitude beyond the pole', { position: { longitude: 0, latitude: 91 }, radius: 5, zoom: 12 }],
  ['a zoom in words', { position, radius: 5, zoom: 'deep' }],
  ['nothing', {}],
] as const) {
  test(`a query with ${what} is refused with 400`, async () => {
    const { status, body: problem } = await query(body)
    assert.equal(status, 400)
    assert.equal((problem as { code: string }).code, 'VALIDATION_FAILED')
  })
}

test('a data tile has the objects with attributes; zoom 9 is refused, and a tile without charts is 404', async () => {
  const z = 13
  const { x, y } = tileAt(position.longitude, position.latitude, z)
  const answer = await fixture.call('GET', `/api/v2/tiles/data-geojson-v1/${z}/${x}/${y}.json`, { token })
  assert.equal(answer.status, 200)
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json/)
  const { type, features } = answer.body as {
    type: string
    features: { properties: { layerId: string; attributes: Record<string, unknown> }; geometry: { type: string } }[]
  }
  assert.equal(type, 'FeatureCollection')
  assert.ok(
    features.some(({ properties }) => properties.layerId === 'DEPARE' && typeof properties.attributes['drval1'] === 'number'),
  )
  for (const { properties } of features) assert.ok('fidn' in properties.attributes && 'agen' in properties.attributes)
  const shallow = await fixture.call('GET', '/api/v2/tiles/data-geojson-v1/9/1/1.json', { token })
  assert.equal(shallow.status, 400)
  const empty = await fixture.call('GET', '/api/v2/tiles/data-geojson-v1/10/1/1.json', { token })
  assert.equal(empty.status, 404)
  assert.equal((empty.body as { code: string }).code, 'TILE_EMPTY')
  const shore = await fixture.call('GET', `/api/v2/tiles/data-shoreline-v1/${z}/${x}/${y}.json`, { token })
  const land = shore.body as { features: { properties: object; geometry: { type: string } }[] }
  assert.equal(shore.status, 200)
  assert.ok(land.features.length <= 1)
  for (const { properties, geometry } of land.features) {
    assert.deepEqual(properties, {})
    assert.match(geometry.type, /Polygon$/)
  }
  const world = await fixture.call('GET', '/api/v2/tiles/data-shoreline-v1/0/0/0.json', { token })
  assert.equal((world.body as typeof land).features.length, 1)
  assert.equal(world.headers.get('x-chart-cells'), '', 'made without charts, so no chart changes it')
  const sea = await fixture.call('GET', '/api/v2/tiles/data-shoreline-v1/10/1/600.json', { token })
  assert.deepEqual(sea.body, { type: 'FeatureCollection', features: [] })
})

test('cells are listed by box, and attributions need no token', async () => {
  const cells = async (bbox: string) => {
    const answer = await fixture.call('GET', `/api/v1/cells?bbox=${bbox}`, { token })
    return { answer, names: ((answer.body as { cells?: { name: string }[] }).cells ?? []).map(({ name }) => name) }
  }
  assert.deepEqual((await cells('-34.96,42.94,-34.95,42.95')).names, ['XX2DEMOA', 'XX3DEMOA', 'XX5DEMOA'])
  assert.deepEqual((await cells('10,10,11,11')).names, [])
  assert.equal((await cells('1,2,3')).answer.status, 400)
  const open = await fixture.call('GET', '/api/v1/datasets/attributions')
  assert.equal(open.status, 200)
  assert.deepEqual(
    (open.body as { id: string }[]).map(({ id }) => id),
    ['invented', 'basemap'],
  )
})
