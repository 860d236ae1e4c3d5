import assert from 'node:assert/strict'
import { test } from 'node:test'
import { featureFilter } from '@maplibre/maplibre-gl-style-spec'
import type { StyleDocument, StyleLayer } from '../map/chart-document.ts'
import { splitLayers } from './split-layers.ts'

const shade = [
  'let',
  'dry',
  ['<', ['get', 'depth'], 0],
  ['case', ['var', 'dry'], '$DEPIT', ['step', ['get', 'depth'], '$DEPVS', 5, '$DEPMD', 30, '$DEPDW']],
]
const area: StyleLayer = {
  id: 'area',
  type: 'fill',
  filter: ['==', ['get', 'kind'], 'depth'],
  paint: { 'fill-color': shade, 'fill-antialias': false },
}
const layersOf = (...layers: StyleLayer[]) => splitLayers({ sources: {}, layers } as StyleDocument).layers

test('a layer that chooses its colour is split, and each object is only in the part of its colour', () => {
  const parts = layersOf(area)
  assert.deepEqual(
    parts.map(({ paint }) => paint),
    ['$DEPIT', '$DEPVS', '$DEPMD', '$DEPDW'].map((colour) => ({ 'fill-color': colour, 'fill-antialias': false })),
  )
  assert.equal(new Set(parts.map(({ id }) => id)).size, 4)
  for (const [depth, index] of [
    [-1, 0],
    [2, 1],
    [5, 2],
    [40, 3],
  ] as const) {
    for (const kind of ['depth', 'other']) {
      const properties = { depth, kind }
      const found = parts.filter(({ filter }) =>
        featureFilter(filter as never, 'area.filter').filter({ zoom: 10 }, { type: 3, properties } as never),
      )
      assert.deepEqual(
        found.map(({ id }) => id),
        kind === 'depth' ? [`area/${index}`] : [],
      )
    }
  }
})

test('what has one colour, computes it or places symbols stays one layer', () => {
  const plain = { id: 'plain', type: 'fill', paint: { 'fill-color': '$LANDA' } }
  const computed = { id: 'computed', type: 'line', paint: { 'line-color': ['case', true, ['to-color', '$LANDA'], '$DEPVS'] } }
  const text = { id: 'text', type: 'symbol', paint: { 'text-color': ['case', true, '$SNDG1', '$SNDG2'] } }
  assert.deepEqual(layersOf(plain, computed, text), [plain, computed, text])
})

test('a match by value is parted with its fallback', () => {
  const arcs = {
    id: 'arcs',
    type: 'line',
    paint: { 'line-color': ['match', ['get', 'c'], ['3', '4'], '$LITRD', '6', '$LITYW', '#112233'] },
  }
  assert.deepEqual(
    layersOf(arcs).map(({ paint, filter }) => [(paint as Record<string, unknown>)['line-color'], (filter as unknown[])[0]]),
    [
      ['$LITRD', '=='],
      ['$LITYW', '=='],
      ['#112233', '=='],
    ],
  )
})
