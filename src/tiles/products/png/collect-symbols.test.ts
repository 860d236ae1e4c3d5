import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GridLine } from '#geo/overlay/grid.ts'
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

/** Whether a contour has its label. Units are eighths of a pixel. */
function isLabelled(line: GridLine): boolean {
  const feature = { id: 1, geometry: { type: 'line' as const, lines: [line] }, properties: new Map() }
  const tile: DrawnTile = {
    tile: { z: 12, x: 0, y: 0 },
    left: 0,
    top: 0,
    size: 512,
    scale: 1 / 8,
    layers: new Map([['s57_depcnt', [feature]]]),
  }
  return collectSymbols(13, [tile], layers, noImages, () => {}).length === 1
}

test('a contour that is shorter than its upright label, or bends sharply under it, has none', () => {
  const start = { x: 1000, y: 1000 }
  assert.ok(isLabelled([start, { x: 1200, y: 1000 }]))
  assert.ok(!isLabelled([start, { x: 1080, y: 1000 }]), 'ten pixels')
  assert.ok(!isLabelled([start, { x: 1200, y: 1000 }, { x: 1200, y: 1200 }]), 'a right angle')
})
