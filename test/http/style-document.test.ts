import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { type StyleSpecification, validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { demoCells } from '#demo/demo-cells.ts'
import { TOKENS } from '#portrayal/palette/tokens.ts'
import { prepareCell, showCell } from '#test/chart-cells.ts'
import { assertProblem } from './assert-problem.ts'
import { addUser, startFixture } from './server-fixture.ts'

const fixture = await startFixture()
const proxied = await startFixture({ publicUrl: 'https://charts.example/enc' })
after(async () => {
  await fixture[Symbol.asyncDispose]()
  await proxied[Symbol.asyncDispose]()
})
const session = await fixture.adminSession()
const admin = (await fixture.accounts.tokens.create(await fixture.accounts.authenticate(session), { name: 'map' })).id
const other = await addUser(fixture, 'other')
const BASE = '/api/v1/styles/base.json'

type Style = StyleSpecification
type Layer = { id: string; paint?: Record<string, unknown>; layout?: Record<string, unknown>; source?: string }
const get = (query = '', token = admin) => fixture.call('GET', BASE + query, { token })
const style = async (query = '', token = admin) => {
  const answer = await get(query, token)
  assert.equal(answer.status, 200, answer.text)
  return answer.body as Style
}
const layers = ({ layers }: Style) => layers as Layer[]
const classesOf = (document: Style) =>
  new Set(layers(document).flatMap(({ id }) => (/^s57_([a-z_]+?)(_\d+)?$/.exec(id)?.[1] ?? []) as string[]))

for (const { files } of demoCells()) await showCell(fixture.db, fixture.tiles, prepareCell(files))

test('the style document is valid for every parameter', async () => {
  const queries = [
    '',
    '?theme=dusk&depthLimit=4.5&depthUnits=feet&roundOffSoundings=true',
    '?twoShades=true&shallowPattern=true&isolatedShallow=true&showLowAccuracy=true&showFullSectorLegs=true',
    '?theme=night&depthUnits=fathoms&showLightSectors=false&showEncBoundaries=true&showMaritimeBoundaries=full',
    '?showMaritimeBoundaries=lines&showPlaceNames=false&showOverscale=false&showNoData=false&showUserReports=true',
    `?showSatellite=true&maskLandAreas=true&satelliteTileUrl=${encodeURIComponent('https://img.example/{z}/{x}/{y}.png')}`,
    `?glyphs=${encodeURIComponent('https://fonts.example/{fontstack}/{range}.pbf')}&font=Open%20Sans%20Regular`,
    `?glyphs=${encodeURIComponent('mapbox://fonts/mapbox/{fontstack}/{range}.pbf')}`,
    '?hideLayers=s57_depare&showLayers=&shallowDepth=1&deepDepth=20',
  ]
  for (const query of queries) assert.deepEqual(validateStyleMin(await style(query)), [], query)
})

test('addresses are absolute, and hold the token only when the request had it in its address', async () => {
  const plain = await style()
  assert.ok(plain.sprite?.toString().startsWith(`${fixture.origin}/api/v1/static/`))
  assert.ok(plain.glyphs?.startsWith(`${fixture.origin}/api/v1/static/`))
  assert.ok(!JSON.stringify(plain).includes(admin))
  const answer = await fixture.call('GET', `${BASE}?token=${admin}`)
  const tiles = ((answer.body as Style).sources['enc'] as { tiles: string[] }).tiles
  assert.deepEqual(tiles, [`${fixture.origin}/api/v2/tiles/enc-v2/{z}/{x}/{y}.mvt?token=${admin}`])
  assert.equal(
    (await fixture.call('GET', `${(answer.body as Style).sprite?.toString().replace(fixture.origin, '')}.json`)).status,
    200,
  )
})

test('PUBLIC_URL gives the addresses, with its sub-folder', async () => {
  const answer = await proxied.call('GET', BASE, { token: await proxied.adminSession() })
  const document = answer.body as Style
  assert.match(document.sprite?.toString() ?? '', /^https:\/\/charts\.example\/enc\/api\/v1\/static\/[0-9a-f]{16}\/sprites\/day$/)
  assert.match(JSON.stringify(document.sources), /https:\/\/charts\.example\/enc\/api\/v2\/tiles\/enc-v2\//)
})

test('there are layers only for object classes of the caller’s cells', async () => {
  const classes = classesOf(await style())
  for (const name of ['depare', 'boylat', 'lights']) assert.ok(classes.has(name), name)
  assert.ok(!classes.has('icenav') && !classes.has('oilbar'))
  const { rows } = { rows: await fixture.db.selectFrom('cell').select('features_by_class').execute() }
  const known = new Set(rows.flatMap((row) => Object.keys(row.features_by_class)).map((name) => name.toLowerCase()))
  const foreign = layers(await style()).filter(({ id }) => /^s57_[a-z]{6}(_\d+)?$/.test(id) && !known.has(id.slice(4, 10)))
  assert.deepEqual(
    foreign.map(({ id }) => id),
    [],
  )
})

test('an uploaded cell adds its classes only for its own account, until it is removed', async () => {
  const before = (await style('', other.token)).layers.length
  const [cell] = await fixture.db.selectFrom('cell').selectAll().limit(1).execute()
  assert.ok(cell)
  await fixture.db
    .insertInto('cell')
    .values({
      ...cell,
      coverage: JSON.stringify(cell.coverage),
      warnings: '[]',
      files: '[]',
      indexed_at: new Date(),
      id: '0199d5a0-0000-7000-8000-00000000abcd',
      name: 'XX5OWN01',
      account_id: other.accountId,
      features_by_class: JSON.stringify({ ...cell.features_by_class, OILBAR: 1 }),
    })
    .execute()
  assert.ok(classesOf(await style('', other.token)).has('oilbar'))
  assert.ok(!classesOf(await style()).has('oilbar'))
  await fixture.db.deleteFrom('cell').where('name', '=', 'XX5OWN01').execute()
  assert.equal((await style('', other.token)).layers.length, before)
})

test('wrong values answer 400 and name what is accepted', async () => {
  const cases: [string, RegExp][] = [
    ['theme=dawn', /theme must be one of day, dusk, night/],
    ['depthUnits=yards', /meters, feet, fathoms/],
    ['depthLimit=deep', /depthLimit must be a number of metres from 0 to 1000/],
    ['depthLimit=-1', /from 0 to 1000/],
    ['depthLimit=', /from 0 to 1000/],
    ['depthLimit=1e2', /from 0 to 1000/],
    ['showLightSectors=yes', /showLightSectors must be true or false/],
    ['showMaritimeBoundaries=true', /false, lines, full/],
    ['styleId=abc', /styleId must be a whole number/],
    ['satelliteTileUrl=javascript:x', /\{z\}, \{x\} and \{y\}/],
    ['satelliteTileUrl=https://x.example/1.png', /\{z\}, \{x\} and \{y\}/],
    ['glyphs=https://x.example', /\{fontstack\} and \{range\}/],
    ['glyphs=javascript://x/{fontstack}/{range}', /http, https or mapbox URL/],
    ['satelliteTileUrl=mapbox://x/{z}/{x}/{y}', /http or https URL/],
    ['font=', /name of a font/],
    ['hideLayers=a%20b', /style layer ids/],
    ['theme=day&theme=night', /theme must be/],
  ]
  for (const [query, message] of cases) {
    const { detail } = assertProblem(await get(`?${query}`), 400, 'VALIDATION_FAILED')
    assert.match(detail, message, query)
  }
})

test('the document has an ETag for each encoding, and may be kept for a minute', async () => {
  const plain = await fixture.call('GET', BASE, { token: admin, headers: { 'accept-encoding': 'identity' } })
  assert.equal(plain.headers.get('cache-control'), 'private, max-age=60')
  assert.equal(plain.headers.get('content-encoding'), null)
  const zipped = await fixture.call('GET', BASE, { token: admin, headers: { 'accept-encoding': 'gzip' } })
  assert.equal(zipped.headers.get('content-encoding'), 'gzip')
  assert.equal(zipped.text, plain.text)
  assert.notEqual(zipped.headers.get('etag'), plain.headers.get('etag'))
  for (const name of ['Authorization', 'Origin', 'Accept-Encoding'])
    assert.match(plain.headers.get('vary') ?? '', new RegExp(name))
  const etag = plain.headers.get('etag') ?? ''
  const again = await fixture.call('GET', BASE, {
    token: admin,
    headers: { 'if-none-match': etag, 'accept-encoding': 'identity' },
  })
  assert.deepEqual([again.status, again.text], [304, ''])
  assert.notEqual((await get('?theme=night')).headers.get('etag'), etag)
})

test('hideLayers hides layers, and showLayers hides all others', async () => {
  const visible = (document: Style) =>
    layers(document)
      .filter(({ layout }) => layout?.['visibility'] !== 'none')
      .map(({ id }) => id)
  assert.ok(visible(await style()).includes('s57_depare'))
  assert.ok(!visible(await style('?hideLayers=s57_depare')).includes('s57_depare'))
  assert.deepEqual(visible(await style('?showLayers=s57_depare,unknown')), ['s57_depare'])
})

const paints = (document: Style) => JSON.stringify(document.layers)

test('a custom style gives colours and settings by id or name, and a parameter wins over its settings', async () => {
  const { body } = await fixture.call('POST', '/api/portal/v1/styles', { token: session, json: { name: 'Mine', theme: 'dusk' } })
  const { id, parameters } = body as { id: number; parameters: { colors: Record<string, string>; settings: object } }
  const changed = { colors: { ...parameters.colors, LANDA: '#123456' }, settings: { ...parameters.settings, depthLimit: 7 } }
  await fixture.call('POST', `/api/portal/v1/styles/${id}`, { token: session, json: { parameters: changed } })
  const metadata = (document: Style) => document.metadata as Record<string, unknown>
  for (const query of [`?styleId=${id}`, '?styleName=Mine', `?styleId=${id}&styleName=nobody`]) {
    const document = await style(query)
    assert.ok(paints(document).includes('#123456'), query)
    assert.deepEqual([metadata(document)['chartroom:theme'], metadata(document)['chartroom:depthLimit']], ['dusk', 7])
    assert.match(document.sprite?.toString() ?? '', /\/dusk\?colours=LANDA-123456$/)
  }
  const asked = await style(`?styleId=${id}&depthLimit=5&theme=night`)
  assert.deepEqual([metadata(asked)['chartroom:theme'], metadata(asked)['chartroom:depthLimit']], ['night', 5])
  assert.ok(paints(asked).includes('#123456'))

  assert.equal((await get(`?styleId=${id}`, other.token)).text.includes('#123456'), false, 'of another account')
  await fixture.call('DELETE', `/api/portal/v1/styles/${id}`, { token: session })
  const fallback = await get()
  for (const query of [`?styleId=${id}`, '?styleName=Mine', '?styleId=987654']) {
    assert.equal((await get(query)).text, fallback.text, query)
  }
})

test('a new style looks like its theme, also in its texts at night, and another theme brings its own colours', async () => {
  const { body } = await fixture.call('POST', '/api/portal/v1/styles', { token: session, json: { name: 'New', theme: 'night' } })
  const { id } = body as { id: number }
  const layersOf = async (query: string) => layers(await style(query)).map(({ paint }) => paint)
  assert.deepEqual(await layersOf(`?styleId=${id}`), await layersOf('?theme=night'))
  assert.deepEqual(await layersOf(`?styleId=${id}&theme=day`), await layersOf('?theme=day'))
  await fixture.call('DELETE', `/api/portal/v1/styles/${id}`, { token: session })
})

test('a preview with slots names them in place of colours', async () => {
  const json = { parameters: { colors: { LANDA: '#abcdef' } }, colours: 'slots', theme: 'night' }
  const { text } = await fixture.call('POST', '/api/v1/styles/preview', { token: admin, json })
  for (const slot of ['"$LANDA"', '"$DEPVS"', '"$CHBLK?#364147"', '"$SNDG1?$CHGRD"']) assert.ok(text.includes(slot), slot)
  assert.ok(!text.includes('#abcdef'))
})

test('a preview is the style document of its parameters, and checks them', async () => {
  const parameters = { colors: { LANDA: '#abcdef' }, settings: { depthUnits: 'feet' } }
  const answer = await fixture.call('POST', '/api/v1/styles/preview', { token: admin, json: { theme: 'night', parameters } })
  assert.equal(answer.status, 200)
  assert.deepEqual(validateStyleMin(answer.body as Style), [])
  assert.ok(answer.text.includes('#abcdef') && answer.text.includes(TOKENS.night.DEPVS))
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  const wrong = { parameters: { settings: { soundingOpacity: 'half' } } }
  const problem = assertProblem(
    await fixture.call('POST', '/api/v1/styles/preview', { token: admin, json: wrong }),
    400,
    'VALIDATION_FAILED',
  )
  assert.equal(problem.errors?.[0]?.field, '/parameters/settings/soundingOpacity')
})

test('a preview refuses a theme among the parameters and says where it belongs, while a stored style keeps the key', async () => {
  const parameters = { theme: 'night' }
  const answer = await fixture.call('POST', '/api/v1/styles/preview', { token: admin, json: { parameters } })
  const { errors } = assertProblem(answer, 400, 'VALIDATION_FAILED')
  assert.equal(errors?.[0]?.field, '/parameters/theme')
  assert.match(errors?.[0]?.message ?? '', /\/theme, or as \/parameters\/settings\/theme/)
  const made = await fixture.call('POST', '/api/portal/v1/styles', { token: admin, json: { name: 'kept', theme: 'day' } })
  const path = `/api/portal/v1/styles/${(made.body as { id: number }).id}`
  const stored = await fixture.call('POST', path, { token: admin, json: { parameters } })
  assert.deepEqual((stored.body as { parameters: unknown }).parameters, parameters)
})

test('showUserReports adds the source userReports with bathymetry, and layers of icons, labels and lines', async () => {
  assert.equal((await style()).sources['userReports'], undefined)
  const answer = await fixture.call('GET', `${BASE}?showUserReports=true&token=${admin}`)
  const document = answer.body as Style
  const { tiles } = document.sources['userReports'] as { tiles: string[] }
  const address = `${fixture.origin}/api/v1/user-reports/tiles/{z}/{x}/{y}.mvt?includeBathymetry=true&token=${admin}`
  assert.deepEqual(tiles, [address])
  assert.deepEqual(
    layers(document)
      .filter(({ source }) => source === 'userReports')
      .map(({ id }) => id),
    ['user_reported_bathymetry', 'user_reports', 'user_reports_2'],
  )
  const tile = await fetch(address.replace('{z}/{x}/{y}', '12/0/0'))
  assert.equal(tile.status, 200)
})
