import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Geometry } from 'geojson'
import { chartDocument, type StyleDocument } from './chart-document.ts'
import { DEFAULT_DISPLAY } from './map-view.ts'
import { styleChanges } from './style-changes.ts'

function served(depth: number, layer: object = {}, rest: object = {}): StyleDocument {
  return {
    version: 8,
    metadata: { depth },
    sources: { enc: { type: 'vector' } },
    layers: [
      { id: 'depths', type: 'fill', filter: ['<', 'DRVAL1', depth], paint: { 'fill-color': 'blue' }, ...layer },
      { id: 'soundings', type: 'symbol', 'source-layer': 's57_soundg', layout: { 'icon-size': 1 } },
    ],
    ...rest,
  }
}
const shownOf = (document: StyleDocument, picked: Geometry | null = null) => chartDocument(document, DEFAULT_DISPLAY, picked)

test('styles that differ in a filter, paint and layout differ only by those settings', () => {
  const before = shownOf(served(3))
  const next = shownOf(served(5, { paint: { 'fill-opacity': 0.5 } }))
  before.layers[1] = { id: 'soundings', type: 'symbol', layout: { 'icon-size': 1 } }
  next.layers[1] = { id: 'soundings', type: 'symbol', layout: { visibility: 'none' } }
  assert.deepEqual(styleChanges(before, next), [
    { kind: 'filter', layer: 'depths', value: ['<', 'DRVAL1', 5] },
    { kind: 'paint', layer: 'depths', property: 'fill-color', value: undefined },
    { kind: 'paint', layer: 'depths', property: 'fill-opacity', value: 0.5 },
    { kind: 'layout', layer: 'soundings', property: 'icon-size', value: undefined },
    { kind: 'layout', layer: 'soundings', property: 'visibility', value: 'none' },
  ])
})

test('the metadata of a style and what is picked are no change', () => {
  const other = { ...shownOf(served(3), { type: 'Point', coordinates: [1, 2] }), metadata: {} }
  assert.deepEqual(styleChanges(shownOf(served(3)), other), [])
})

test('a style with another sprite, source, zoom range or layer cannot be reached by settings of layers', () => {
  const from = shownOf(served(3))
  assert.equal(styleChanges(from, shownOf(served(3, {}, { sprite: 'night' }))), null)
  assert.equal(styleChanges(from, shownOf(served(3, {}, { sources: {} }))), null)
  assert.equal(styleChanges(from, shownOf(served(3, { minzoom: 4 }))), null)
  assert.equal(styleChanges(from, shownOf(served(3, {}, { layers: [] }))), null)
})
