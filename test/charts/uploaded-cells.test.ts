import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { after, before, describe, test } from 'node:test'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { tileAt } from '#geo/tile-grid.ts'
import type { FeatureRecordSpec, FeatureSpec, UpdateSpec, VectorRecordSpec } from '#s57/writer/cell-spec.ts'
import { layOutFeatures } from '#s57/writer/lay-out-features.ts'
import { writeCell } from '#s57/writer/write-cell.ts'
import { writeUpdate } from '#s57/writer/write-update.ts'
import { boxRing, sampleCell, sampleFeatures, zipOf } from '#test/cells.ts'
import { createUploadBench } from '#test/upload-bench.ts'
import type { TileJson } from '#tiles/tile-json.ts'

// Unusual and faulty cells from upload to report, tile and query.

const bench = await createUploadBench({ tiles: true })
after(() => bench[Symbol.asyncDispose]())

/** Sends a GET request, or a POST request with a JSON body, as the administrator. */
async function fetchPath(path: string, body?: unknown): Promise<Response> {
  const headers = { authorization: `Bearer ${bench.admin}`, 'content-type': 'application/json' }
  const response = await fetch(
    bench.origin + path,
    body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) },
  )
  assert.equal(response.status, 200, path)
  return response
}

const json = async <T>(path: string, body?: unknown) => (await (await fetchPath(path, body)).json()) as T

/** Uploads the base and update 1 of a cell. @returns the upload's status and the report of the cell. */
async function uploadWithUpdate(name: string, base: Uint8Array, update: Uint8Array) {
  const files = [
    { path: `${name}.000`, content: base },
    { path: `${name}.001`, content: update },
  ]
  const { id, status } = await bench.upload(`${name}.zip`, await zipOf(files))
  return { status, report: (await bench.reports(id))[name]! }
}

describe('malformed numbers', () => {
  const name = 'XX5COMMA'
  const longitude = -30.06
  const latitude = 40.02
  const { x, y } = tileAt(longitude, latitude, 14)

  let warnings: readonly string[] | undefined

  before(async () => {
    const wreck: FeatureSpec = {
      objectClass: 'WRECKS',
      attributes: { CATWRK: 2, VALSOU: '3,5', WATLEV: 3 },
      geometry: { type: 'Point', coordinates: [longitude, latitude] },
    }
    const other: FeatureSpec = {
      ...wreck,
      attributes: { VALSOU: 'none' },
      geometry: { type: 'Point', coordinates: [-30.061, 40.021] },
    }
    const landmark: FeatureSpec = { ...wreck, objectClass: 'LNDMRK', attributes: { CATLMK: 3, CONVIS: 1, HEIGHT: 'x' } }
    const features = [...sampleFeatures().filter(({ objectClass }) => objectClass !== 'WRECKS'), wreck, other, landmark]
    const { id, status } = await bench.upload(`${name}.000`, sampleCell({ name, features }))
    assert.equal(status, 'succeeded')
    warnings = (await bench.reports(id))[name]?.warnings
    await bench.untilDrawn(name)
  })

  test('the report of a cell warns once per attribute with malformed numbers', () => {
    assert.deepEqual(warnings, [
      `${name}.000, feature 9 (WRECKS): VALSOU is "3,5" instead of a number with a decimal point; read it as unknown (and in 1 more feature)`,
      `${name}.000, feature 11 (LNDMRK): HEIGHT is "x" instead of a number with a decimal point; read it as unknown`,
    ])
  })

  test('the vector tile has only numbers where the TileJSON declares numbers', async () => {
    const { vector_layers } = await json<TileJson>('/api/v2/tiles/enc-v2.json')
    const fieldsOf = new Map(vector_layers.map(({ id, fields }) => [id, fields]))
    const bytes = await (await fetchPath(`/api/v2/tiles/enc-v2/14/${x}/${y}.mvt`)).arrayBuffer()
    const seen: Record<string, Record<string, unknown>[]> = {}
    let numbers = 0
    for (const [id, layer] of Object.entries(new VectorTile(new PbfReader(new Uint8Array(bytes))).layers)) {
      seen[id] = Array.from({ length: layer.length }, (_, i) => layer.feature(i).properties)
      for (const properties of seen[id]) {
        for (const [field, value] of Object.entries(properties)) {
          if (fieldsOf.get(id)?.[field] !== 'Number') continue
          assert.equal(typeof value, 'number', `${id}.${field} is ${JSON.stringify(value)}`)
          numbers++
        }
      }
    }
    assert.ok(numbers > 0)
    const [wreck] = seen['s57_wrecks']!.filter(({ CATWRK }) => CATWRK === 2)
    const [landmark] = seen['s57_lndmrk']!
    assert.ok(wreck !== undefined && landmark !== undefined)
    assert.equal(wreck['WATLEV'], 3)
    assert.deepEqual([wreck['VALSOU'], landmark['HEIGHT']], [undefined, undefined])
  })

  test('the GeoJSON tile has null for a malformed number', async () => {
    type Properties = { layerId: string; attributes: Record<string, unknown> }
    const { features } = await json<{ features: { properties: Properties }[] }>(`/api/v2/tiles/data-geojson-v1/14/${x}/${y}.json`)
    const valuesOf = (layer: string, attribute: string) =>
      features.filter(({ properties }) => properties.layerId === layer).map(({ properties }) => properties.attributes[attribute])
    assert.deepEqual(valuesOf('WRECKS', 'valsou'), [null, null])
    assert.deepEqual(valuesOf('LNDMRK', 'height'), [null])
  })
})

describe('updates without SGCC', () => {
  for (const [what, name, south, control] of [
    ['with SGCC', 'XX5SGCC1', 0, { coordinateEdit: { instruction: 1, index: 1, count: 1 } }],
    ['without SGCC', 'XX5SGCC2', 1, {}],
  ] as const) {
    test(`an update ${what} adds a coordinate to an edge that has none`, async () => {
      const west = [-29.99, south + 0.01]
      const middle = [-29.98, south + 0.03]
      const east = [-29.97, south + 0.01]
      const area: FeatureSpec['geometry'] = { type: 'Polygon', coordinates: [boxRing([-30, south, -29.96, south + 0.04])] }
      const features: FeatureSpec[] = [
        { objectClass: 'M_COVR', attributes: { CATCOV: 1 }, geometry: area },
        { objectClass: 'DEPARE', attributes: { DRVAL1: 10, DRVAL2: 20 }, geometry: area },
        { objectClass: 'DEPCNT', attributes: { VALDCO: 10 }, geometry: { type: 'LineString', coordinates: [west, east] } },
      ]
      const { vectors } = layOutFeatures({ name }, features)
      const edge = vectors.find(({ kind, coordinates }) => kind === 130 && coordinates?.length === 0)
      assert.ok(edge, 'the contour has no coordinates between its nodes')
      const change: VectorRecordSpec = { kind: 130, id: edge.id, instruction: 3, coordinates: [middle], ...control }
      const { status, report } = await uploadWithUpdate(
        name,
        writeCell({ name, features }),
        writeUpdate({ name, vectors: [change] }),
      )
      assert.deepEqual([status, report.errors, report.warnings], ['succeeded', [], []])

      await bench.untilDrawn(name)
      const position = { latitude: south + 0.015, longitude: -29.98 }
      const { results } = await json<{ results: Found[] }>('/api/v1/enc_query', { position, radius: 3_000, zoom: 14 })
      const contours = results.filter(({ layerId }) => layerId === 'DEPCNT')
      const round = (degrees: number) => Math.round(degrees * 1e5) / 1e5
      assert.deepEqual(
        contours.map(({ geometry }) => geometry.coordinates.map((each) => each.map(round))),
        [[west, middle, east]],
      )
    })
  }
})

interface Found {
  layerId: string
  geometry: { coordinates: number[][] }
}

describe('updates of other cells and objects', () => {
  const buoy: FeatureRecordSpec = {
    id: 7,
    objectClass: 'BOYLAT',
    primitive: 1,
    instruction: 3,
    version: 2,
    attributes: { OBJNAM: 'Moved' },
  }
  const cases: { what: string; name: string; update: UpdateSpec; error: RegExp }[] = [
    {
      what: 'an update whose DSNM names another cell',
      name: 'XX5ZOO1B',
      update: { name: 'XX5ZOO1A', features: [buoy] },
      error: /XX5ZOO1B\.001, .*: the update is for the cell XX5ZOO1A \(DSNM\), but this cell is XX5ZOO1B/,
    },
    {
      what: 'an update whose FOID names another object',
      name: 'XX5FOID1',
      update: { name: 'XX5FOID1', features: [{ ...buoy, agency: 550, featureId: 77 }] },
      error: /XX5FOID1\.001, feature 7, FOID: the update is for the object 550 77 1 .* is 65535 7 1/,
    },
  ]
  for (const { what, name, update, error } of cases) {
    test(`${what} is refused, and the cell is shown as of the update before it`, async () => {
      const { status, report } = await uploadWithUpdate(name, sampleCell({ name }), writeUpdate(update))
      assert.equal(status, 'succeeded')
      assert.deepEqual([report.status, report.upToDate], ['indexed', false])
      assert.ok(
        report.warnings.some((warning) => error.test(warning)),
        report.warnings.join('\n'),
      )
      assert.ok((await bench.visible()).includes(`${name} 1.0`))
    })
  }
})

test('a text file in UTF-16 is served as UTF-8', async () => {
  const name = 'XX5WIDE1'
  const text = '\ubd80\uc0b0 note'
  const features: FeatureSpec[] = [
    ...sampleFeatures(),
    { objectClass: 'LNDRGN', attributes: { TXTDSC: 'XXNOTE01.TXT' }, geometry: { type: 'Point', coordinates: [-30.075, 40.05] } },
  ]
  const files = [
    { path: `${name}/${name}.000`, content: sampleCell({ name, features }) },
    { path: `${name}/XXNOTE01.TXT`, content: Buffer.from(`\ufeff${text}`, 'utf16le') },
  ]
  const { status } = await bench.upload('note.zip', await zipOf(files))
  assert.equal(status, 'succeeded')
  const response = await fetchPath(`/api/portal/v1/charts/cells/${name}/files/XXNOTE01.TXT`)
  assert.equal(response.headers.get('content-type'), 'text/plain; charset=utf-8')
  assert.deepEqual(Buffer.from(await response.arrayBuffer()), Buffer.from(text))
})
