import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Point } from 'geojson'
import { CELLS_LAYER, chartDocument, layersOfSource, PICKED, type StyleDocument, styleQuery } from './chart-document.ts'
import { DEFAULT_DISPLAY } from './map-view.ts'

const SERVED: StyleDocument = {
  version: 8,
  sources: { enc: { type: 'vector' } },
  layers: [
    { id: 's57_depare', type: 'fill', 'source-layer': 's57_depare' },
    { id: 's57_depare_2', type: 'line', 'source-layer': 'depth_boundaries' },
    { id: 's57_soundg', type: 'symbol', 'source-layer': 's57_soundg', layout: { 'symbol-sort-key': 1 } },
  ],
}

test('a display names the parameters of its style document', () => {
  assert.deepEqual(styleQuery({ ...DEFAULT_DISPLAY, theme: 'night', depth: 5.5, units: 'feet' }), {
    theme: 'night',
    depthLimit: 5.5,
    depthUnits: 'feet',
    showLightSectors: true,
    showEncBoundaries: false,
    showOverscale: true,
    showUserReports: false,
  })
})

test('a hidden group is not drawn, keeps its other settings, and the served document stays as it was', () => {
  const shown = chartDocument(SERVED, { ...DEFAULT_DISPLAY, hidden: ['soundings'] }, null)
  assert.deepEqual(shown.layers[2]?.layout, { 'symbol-sort-key': 1, visibility: 'none' })
  assert.equal(shown.layers[0]?.layout, undefined)
  assert.deepEqual(SERVED.layers[2]?.layout, { 'symbol-sort-key': 1 })
})

test('the document has a layer to query for cells, and what is picked', () => {
  const geometry: Point = { type: 'Point', coordinates: [1, 2] }
  const shown = chartDocument(SERVED, DEFAULT_DISPLAY, geometry)
  assert.ok(shown.layers.some(({ id }) => id === CELLS_LAYER))
  assert.deepEqual(shown.sources[PICKED], {
    type: 'geojson',
    data: { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry }] },
  })
  assert.deepEqual(layersOfSource(shown, ['s57_depare', 'depth_boundaries']), ['s57_depare'])
})
