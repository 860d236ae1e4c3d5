import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tileAt } from '#geo/tile-grid.ts'
import { type Box, boxRing } from '#test/cells.ts'
import { compiledSpec } from '#test/compiled-cells.ts'
import { createLandMap } from '../basemap/land-map.ts'
import { data } from './data.ts'
import { query } from './query.ts'
import { shoreline } from './shoreline.ts'

const box: Box = [10, 50, 10.2, 50.1]
const cell = compiledSpec({
  usageBand: 5,
  compilationScale: 12_000,
  features: [
    { objectClass: 'M_COVR', attributes: { CATCOV: 1 }, geometry: { type: 'Polygon', coordinates: [boxRing(box)] } },
    { objectClass: 'LNDARE', geometry: { type: 'Polygon', coordinates: [boxRing([10, 50, 10.1, 50.1])] } },
    { objectClass: 'BOYLAT', geometry: { type: 'Point', coordinates: [10.15, 50.05] } },
  ],
  dataLimit: box,
})
const tools = { facts: null, land: createLandMap([]), checkpoint: () => {} }
const textOf = (bytes: Uint8Array | null) => JSON.parse(new TextDecoder().decode(bytes!)) as Record<string, unknown[]>

test('a data tile has the objects in the tile as GeoJSON, and is null where there are none', async () => {
  const made = await data.make({ ...tools, request: tileAt(10.15, 50.05, 14), cells: [cell] })
  const layers = (textOf(made)['features'] as { properties: { layerId: string } }[]).map(({ properties }) => properties.layerId)
  assert.deepEqual(layers.toSorted(), ['BOYLAT', 'M_COVR'])
  assert.equal(await data.make({ ...tools, request: tileAt(11, 51, 14), cells: [cell] }), null)
})

test('a shoreline tile has the land of the charts as one feature, and none where all is water', async () => {
  const made = await shoreline.make({ ...tools, request: tileAt(10.05, 50.05, 14), cells: [cell] })
  assert.equal(textOf(made)['features']!.length, 1)
  const water = await shoreline.make({ ...tools, request: tileAt(10.19, 50.05, 14), cells: [cell] })
  assert.deepEqual(textOf(water)['features'], [])
})

test('a query returns the features within its radius', async () => {
  const found = async (radius: number) => {
    const request = { longitude: 10.15, latitude: 50.0505, radius, zoom: 15 }
    const { results } = textOf(await query.make({ ...tools, request, cells: [cell] }))
    return (results as { layerId: string }[]).map(({ layerId }) => layerId)
  }
  // The buoy is 55.6 m to the south.
  assert.deepEqual((await found(60)).toSorted(), ['BOYLAT', 'M_COVR'])
  assert.deepEqual(await found(50), ['M_COVR'])
})
