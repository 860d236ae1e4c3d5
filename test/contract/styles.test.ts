import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { FeatureSpec } from '#s57/writer/cell-spec.ts'
import { boxRing, sampleCell, sampleFeatures } from '#test/cells.ts'
import {
  assertProblemAnswer,
  assertUnauthorized,
  type ContractServer,
  isTime,
  keysOf,
  startContractServer,
  WRONG_TOKEN,
} from './contract-server.ts'

// The documented pages on styles of the Portal API and on style documents of the Core API, against the real server.

interface Style {
  id: number
  name: string
  userEmail: string
  createdAt: number
  updatedAt: number
  parameters: { colors: Record<string, string>; settings: Record<string, unknown> }
}
interface StyleDocument {
  version: number
  sources: Record<string, { type: string; tiles?: string[]; url?: string; tileSize?: number; attribution?: string }>
  layers: { id: string; type: string; source?: string; minzoom?: number; maxzoom?: number; layout?: { visibility?: string } }[]
}

const STYLES = '/api/portal/v1/styles'
const BASE = '/api/v1/styles/base.json'
const RASTER = '/api/v1/styles/raster.json'
const STYLE_KEYS = ['createdAt', 'id', 'name', 'parameters', 'updatedAt', 'userEmail']

let server: ContractServer
before(async () => {
  server = await startContractServer()
  // A style has layers of the classes that the account has charts of.
  const features: FeatureSpec[] = [
    ...sampleFeatures(),
    { objectClass: 'TESARE', geometry: { type: 'Polygon', coordinates: [boxRing([-30.08, 40.02, -30.02, 40.08])] } },
    {
      objectClass: 'LNDMRK',
      attributes: { CATLMK: 17, OBJNAM: 'Tower' },
      geometry: { type: 'Point', coordinates: [-30.075, 40.05] },
    },
  ]
  const { body } = await server.upload('XX5SAMPL.000', sampleCell({ features }))
  assert.equal(await server.uploadEnds(body.upload.id), 'succeeded')
})
after(() => server?.close())

async function create(name: string, theme = 'day', token = server.admin): Promise<Style> {
  const answer = await server.call<Style>('POST', STYLES, { token, json: { name, theme } })
  assert.equal(answer.status, 200)
  return answer.body
}
const update = (id: number, json: object, token = server.admin) => server.call<Style>('POST', `${STYLES}/${id}`, { token, json })
async function styleDocument(query = '', token = server.admin): Promise<StyleDocument> {
  const answer = await server.call<StyleDocument>('GET', `${BASE}${query}`, { token })
  assert.equal(answer.status, 200, query)
  return answer.body
}

describe('styles of the Portal API', () => {
  test('Create Style returns a record with the palette and settings of its theme', async () => {
    const [day, night] = [await create('Vessel Map'), await create('Night watch', 'night')]
    for (const style of [day, night]) {
      assert.deepEqual([keysOf(style), style.userEmail], [STYLE_KEYS, 'admin'])
      assert.ok(Number.isInteger(style.id) && isTime(style.createdAt) && isTime(style.updatedAt))
      assert.deepEqual(keysOf(style.parameters), ['colors', 'settings'])
      for (const color of Object.values(style.parameters.colors)) assert.match(color, /^#[0-9a-f]{6}$/i)
      const { iconSet, soundingOpacity, showLightSectors } = style.parameters.settings
      assert.deepEqual([typeof iconSet, typeof soundingOpacity, typeof showLightSectors], ['string', 'number', 'boolean'])
    }
    assert.equal(day.parameters.settings['iconSet'], 'enc-day')
    assert.notDeepEqual(day.parameters.colors, night.parameters.colors)
  })

  test('Create Style is 400 without a name or a theme and for an unknown theme, and 401 without a token', async () => {
    for (const json of [{}, { name: 'x' }, { theme: 'day' }, { name: 'x', theme: 'noon' }]) {
      const answer = await server.call('POST', STYLES, { json })
      assert.equal(answer.status, 400, JSON.stringify(json))
      assertProblemAnswer(answer)
    }
    await assertUnauthorized(server, 'POST', STYLES, { name: 'x', theme: 'day' })
  })

  test('List Styles returns the styles of the account, newest first; 401 without a token', async () => {
    const [older, newer] = [await create('Older'), await create('Newer')]
    const answer = await server.call<Style[]>('GET', STYLES)
    assert.equal(answer.status, 200)
    assert.deepEqual(answer.body.slice(0, 2), [newer, older])
    assert.deepEqual((await server.call('GET', STYLES, { token: server.other })).body, [])
    await assertUnauthorized(server, 'GET', STYLES)
  })

  test('Get Style returns one record; 401, and 404 for an unknown one and another account’s', async () => {
    const style = await create('One')
    const answer = await server.call('GET', `${STYLES}/${style.id}`)
    assert.deepEqual([answer.status, answer.body], [200, style])
    assert.equal((await server.call('GET', `${STYLES}/${style.id}`, { token: server.other })).status, 404)
    assert.equal((await server.call('GET', `${STYLES}/999999`)).status, 404)
    await assertUnauthorized(server, 'GET', `${STYLES}/${style.id}`)
  })

  test('Update Style changes what it is given, keeps unknown keys and acts on documents at once; 401 and 404', async () => {
    const style = await create('Before')
    const renamed = await update(style.id, { name: 'After' })
    assert.deepEqual([renamed.status, renamed.body.name, renamed.body.parameters], [200, 'After', style.parameters])
    const settings = { ...style.parameters.settings, soundingOpacity: 0.25, unknownToday: { kept: true } }
    const parameters = { ...style.parameters, settings }
    const changed = await update(style.id, { parameters })
    assert.deepEqual([changed.body.name, changed.body.parameters], ['After', parameters])
    assert.match(JSON.stringify(await styleDocument(`?styleId=${style.id}`)), /0\.25/)
    assert.equal((await update(style.id, { name: 'Stolen' }, server.other)).status, 404)
    assert.equal((await update(999_999, { name: 'x' })).status, 404)
    await assertUnauthorized(server, 'POST', `${STYLES}/${style.id}`, { name: 'x' })
  })

  test('Delete Style is an empty 204, and documents with its id fall back to the default; 401 and 404', async () => {
    const style = await create('Short-lived', 'night')
    await assertUnauthorized(server, 'DELETE', `${STYLES}/${style.id}`)
    assert.equal((await server.call('DELETE', `${STYLES}/${style.id}`, { token: server.other })).status, 404)
    const answer = await server.call('DELETE', `${STYLES}/${style.id}`)
    assert.deepEqual([answer.status, answer.bytes.length], [204, 0])
    assert.equal((await server.call('DELETE', `${STYLES}/${style.id}`)).status, 404)
    assert.deepEqual((await styleDocument(`?styleId=${style.id}`)).layers, (await styleDocument()).layers)
  })
})

describe('style documents of the Core API', () => {
  test('base.json is a style document that points at the enc-v2 tiles; 401 without a token', async () => {
    const style = await styleDocument()
    assert.equal(style.version, 8)
    assert.match(JSON.stringify(style.sources), /\/api\/v2\/tiles\/enc-v2/)
    assert.ok(style.layers.some(({ id }) => id.startsWith('s57_depare')))
    const byParameter = await server.call('GET', `${BASE}?token=${server.admin}`, { token: null })
    assert.equal(byParameter.status, 200)
    await assertUnauthorized(server, 'GET', BASE)
    assert.equal((await server.call('GET', `${BASE}?token=${'f'.repeat(32)}`, { token: null })).status, 401)
  })

  test('base.json accepts each documented parameter', async () => {
    const plain = JSON.stringify(await styleDocument())
    for (const query of [
      ...['theme=dusk', 'theme=night', 'depthLimit=10', 'depthUnits=feet', 'depthUnits=fathoms', 'roundOffSoundings=true'],
      ...['showLightSectors=false', 'showEncBoundaries=true', 'showMaritimeBoundaries=lines', 'showMaritimeBoundaries=full'],
      ...['showPlaceNames=false', 'showOverscale=false', 'showNoData=false', 'showUserReports=true', 'hideLayers=s57_depare_0'],
      `glyphs=${encodeURIComponent('https://fonts.example/{fontstack}/{range}.pbf')}`,
      `showSatellite=true&satelliteTileUrl=${encodeURIComponent('https://images.example/{z}/{x}/{y}.jpg')}`,
      'font=Source%20Code%20Pro%20Medium',
    ]) {
      const changed = JSON.stringify(await styleDocument(`?${query}`))
      if (!query.startsWith('hideLayers')) assert.notEqual(changed, plain, query)
    }
    const imagery = `showSatellite=true&satelliteTileUrl=${encodeURIComponent('https://images.example/{z}/{x}/{y}.jpg')}`
    assert.notDeepEqual(await styleDocument(`?${imagery}&maskLandAreas=true`), await styleDocument(`?${imagery}`))
    assert.ok((await styleDocument('?showUserReports=true')).sources['userReports'])
  })

  test('hideLayers hides the layers that it names, and showLayers hides all others', async () => {
    const visible = ({ layers }: StyleDocument) =>
      layers.filter(({ layout }) => layout?.visibility !== 'none').map(({ id }) => id)
    const all = visible(await styleDocument())
    const [first = '', second = ''] = all.filter((id) => id.startsWith('s57_'))
    const list = `${first},${second}`
    assert.deepEqual(
      visible(await styleDocument(`?hideLayers=${list}`)),
      all.filter((id) => id !== first && id !== second),
    )
    assert.deepEqual(visible(await styleDocument(`?showLayers=${list}`)), [first, second])
  })

  test('base.json takes a custom style by id and by name, with the palette of the style', async () => {
    const style = await create('By name', 'night')
    const night = (await styleDocument('?theme=night')).layers.find(({ type }) => type === 'background')
    const named = encodeURIComponent(style.name)
    for (const query of [`?styleId=${style.id}`, `?styleName=${named}`])
      assert.deepEqual(
        (await styleDocument(query)).layers.find(({ type }) => type === 'background'),
        night,
        query,
      )
  })

  test('raster.json has one raster source and layer; the token and the style parameters are on the tile address', async () => {
    const answer = await server.call<StyleDocument>('GET', `${RASTER}?token=${server.admin}&theme=night&depthLimit=5`, {
      token: null,
    })
    assert.equal(answer.status, 200)
    const { version, sources, layers } = answer.body
    assert.deepEqual([version, Object.keys(sources)], [8, ['raster-tiles']])
    const { type, tiles = [], tileSize, attribution } = sources['raster-tiles'] ?? { type: '' }
    assert.deepEqual([type, tileSize, tiles.length, typeof attribution], ['raster', 256, 1, 'string'])
    const address = new URL((tiles[0] ?? '').replaceAll(/[{}]/g, ''))
    assert.equal(address.pathname, '/api/v2/tiles/enc-raster-v2/z/x/y.png')
    const { searchParams } = address
    assert.deepEqual(
      ['token', 'theme', 'depthLimit'].map((name) => searchParams.get(name)),
      [server.admin, 'night', '5'],
    )
    assert.deepEqual(layers, [{ id: 'raster-tiles', type: 'raster', source: 'raster-tiles', minzoom: 0, maxzoom: 18 }])
    await assertUnauthorized(server, 'GET', RASTER)
  })

  test('raster.json puts an API token from the header on the tile address, and never a session', async () => {
    const tileTokens = async (token: string, query = '') => {
      const { body } = await server.call<StyleDocument>('GET', `${RASTER}${query}`, { token })
      return new URL((body.sources['raster-tiles']?.tiles?.[0] ?? '').replaceAll(/[{}]/g, '')).searchParams.getAll('token')
    }
    assert.deepEqual(await tileTokens(server.admin), [server.admin])
    const query = `?theme=night&token=${WRONG_TOKEN}`
    assert.deepEqual(await tileTokens(server.admin, query), [server.admin], 'the token that opened the document')
    assert.deepEqual(await tileTokens(await server.login('admin', 'admin')), [])
  })
})
