import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GridLine, GridPolygon } from '#geo/overlay/grid.ts'
import { collectSymbols, type DrawnTile } from './collect-symbols.ts'
import { compileStyle } from './compile-style.ts'
import type { SpriteSheet } from './sprite-sheet.ts'

const noImages: SpriteSheet = { names: [], image: () => null, close() {} }
const layers = compileStyle(
  [
    {
      id: 'labels',
      type: 'symbol',
      source: 'charts',
      'source-layer': 's57_depcnt',
      layout: { 'symbol-placement': 'line-center', 'text-field': '18', 'text-rotation-alignment': 'viewport', 'text-size': 11 },
    },
  ],
  [],
)

const tile = { tile: { z: 12, x: 0, y: 0 }, left: 0, top: 0, size: 512, scale: 1 / 8 }

/** Whether a contour has its label. Units are eighths of a pixel. */
function isLabelled(line: GridLine): boolean {
  const feature = { id: 1, geometry: { type: 'line' as const, lines: [line] }, properties: new Map() }
  const drawn: DrawnTile = { ...tile, layers: new Map([['s57_depcnt', [feature]]]) }
  return collectSymbols(13, [drawn], layers, noImages, () => {}).length === 1
}

test('a contour that is shorter than its upright label, or bends sharply under it, has none', () => {
  const start = { x: 1000, y: 1000 }
  assert.ok(isLabelled([start, { x: 1200, y: 1000 }]))
  assert.ok(!isLabelled([start, { x: 1080, y: 1000 }]), 'ten pixels')
  assert.ok(!isLabelled([start, { x: 1200, y: 1000 }, { x: 1200, y: 1200 }]), 'a right angle')
})

test('labels take turns tile by tile, in columns from the west, and within a tile in its order', () => {
  const feature = (id: number, x: number, y: number) => ({
    id,
    geometry: {
      type: 'line' as const,
      lines: [
        [
          { x, y },
          { x: x + 200, y },
        ],
      ],
    },
    properties: new Map(),
  })
  const drawn = (left: number, top: number, ...features: ReturnType<typeof feature>[]): DrawnTile => ({
    ...{ ...tile, left, top },
    layers: new Map([['s57_depcnt', features]]),
  })
  const tiles = [
    drawn(0, 0, feature(1, 1000, 2000), feature(2, 1000, 1000)),
    drawn(512, 0, feature(4, 1000, 1000)),
    drawn(0, 512, feature(3, 1000, 1000)),
  ]
  const items = collectSymbols(13, tiles, layers, noImages, () => {})
  assert.deepEqual(
    items.toSorted((a, b) => a.turn - b.turn).map(({ name }) => name),
    ['1', '2', '3', '4'],
  )
})

test('the text of an area stands in its middle, and beside its hole', () => {
  const names = compileStyle(
    [{ id: 'names', type: 'symbol', source: 'charts', 'source-layer': 'chart_cells', layout: { 'text-field': ['get', 'cell'] } }],
    [],
  )
  const square = (from: number, to: number) => [
    { x: from, y: from },
    { x: to, y: from },
    { x: to, y: to },
    { x: from, y: to },
  ]
  const placesOf = (polygon: GridPolygon) => {
    const geometry = { type: 'polygon' as const, polygons: [polygon] }
    const drawn = {
      ...tile,
      layers: new Map([['chart_cells', [{ id: 1, geometry, properties: new Map([['cell', 'US5XX01M']]) }]]]),
    }
    return collectSymbols(13, [drawn], names, noImages, () => {}).map(({ x, y }) => [x, y])
  }
  assert.deepEqual(placesOf([square(800, 2400)]), [[200, 200]])
  const [[x, y] = [], ...others] = placesOf([square(800, 2400), square(1200, 2000).reverse()])
  assert.deepEqual(others, [])
  assert.ok(x! > 100 && x! < 300 && y! > 100 && y! < 300)
  assert.ok(x! < 150 || x! > 250 || y! < 150 || y! > 250, `${x}, ${y} lies in the hole`)
  assert.deepEqual(placesOf([square(-800, 400)]), [], 'the middle is in another tile')
})
