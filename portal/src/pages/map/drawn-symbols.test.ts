import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChartFeature } from './chart-feature.ts'
import { type DrawnMap, objectsOf, REACH, reachOf, symbolsAround, untoldClasses } from './drawn-symbols.ts'

const click = { x: 100, y: 100 }
const project: DrawnMap['project'] = ([longitude, latitude]) => ({ x: longitude * 10, y: latitude * 10 })

test('the reach of a click takes in the objects of the symbols under it', () => {
  const symbol = (x: number, y: number) => ({ objectClass: 'LIGHTS', at: { x, y } })
  assert.equal(reachOf([], click), REACH)
  assert.equal(reachOf([symbol(103, 100), { objectClass: 'NAVLNE', at: null }], click), REACH)
  assert.equal(reachOf([symbol(103, 100), symbol(100, 117)], click), 17)
  assert.equal(reachOf([symbol(100, 300)], click), REACH)
})

test('symbols around a place are those of chart objects, with their pixel where the object is a point or an area', () => {
  let asked: unknown
  const map: DrawnMap = {
    project,
    queryRenderedFeatures(box) {
      asked = box
      const point = { type: 'Point', coordinates: [10, 11.5] }
      const properties = { class: 'MAGVAR' }
      return [
        { sourceLayer: 's57_magvar', layer: { type: 'symbol' }, geometry: point, properties: {} },
        { sourceLayer: 'area_points', layer: { type: 'symbol' }, geometry: point, properties },
        { sourceLayer: 's57_navlne', layer: { type: 'symbol' }, geometry: { type: 'LineString' }, properties: {} },
        { sourceLayer: 's57_depare', layer: { type: 'fill' }, geometry: { type: 'Polygon' }, properties: {} },
        { sourceLayer: 'chart_cells', layer: { type: 'symbol' }, geometry: point, properties },
        { layer: { type: 'symbol' }, geometry: point, properties },
      ]
    },
  }
  const symbols = symbolsAround(map, { longitude: 10, latitude: 10 })
  assert.deepEqual(asked, [
    [88, 88],
    [112, 112],
  ])
  assert.deepEqual(symbols, [
    { objectClass: 'MAGVAR', at: { x: 100, y: 115 } },
    { objectClass: 'MAGVAR', at: { x: 100, y: 115 } },
    { objectClass: 'NAVLNE', at: null },
  ])
  assert.deepEqual(untoldClasses(symbols, false), ['MAGVAR', 'NAVLNE'])
  assert.deepEqual(untoldClasses(symbols, true), ['MAGVAR'])
  assert.deepEqual(untoldClasses(symbols.slice(2), true), [])
})

test('of what lies within the reach of a click, only the objects of its symbols count', () => {
  const feature = (id: string, layerId: string, position: [number, number] | null) => ({ id, layerId, position }) as ChartFeature
  const features = [
    feature('beside', 'BOYLAT', [9, 10]),
    feature('another class', 'WRECKS', [11.5, 10]),
    feature('clicked', 'BOYLAT', [11.5, 10.1]),
    feature('the area', 'MAGVAR', null),
    feature('a farther area', 'MAGVAR', null),
  ]
  const symbols = [
    { objectClass: 'BOYLAT', at: { x: 100, y: 115 } },
    { objectClass: 'MAGVAR', at: { x: 90, y: 230 } },
  ]
  assert.deepEqual(
    objectsOf(symbols, features, { project }).map(({ id }) => id),
    ['clicked', 'the area'],
  )
})
