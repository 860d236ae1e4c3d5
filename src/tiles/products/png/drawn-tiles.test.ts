import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tileAt } from '#geo/tile-grid.ts'
import type { CellSpec } from '#s57/writer/cell-spec.ts'
import { compiledSpec } from '#test/compiled-cells.ts'
import { createLandMap } from '#tiles/basemap/land-map.ts'
import { drawLayers } from '../vector/draw-tile.ts'
import { createDrawnTiles } from './drawn-tiles.ts'

const TILE = tileAt(0.05, 50.05, 12)
const land = createLandMap([])
const go = () => {}

const cellAt = (west: number, south: number, depth: number) => {
  const ring: [number, number][] = [
    [west, south],
    [west + 0.1, south],
    [west + 0.1, south + 0.1],
    [west, south + 0.1],
    [west, south],
  ]
  const geometry = { type: 'Polygon' as const, coordinates: [ring] }
  const features: CellSpec['features'] = [
    { objectClass: 'M_COVR', attributes: { CATCOV: 1 }, geometry },
    { objectClass: 'DEPARE', attributes: { DRVAL1: depth, DRVAL2: depth + 10 }, geometry },
  ]
  return compiledSpec({ usageBand: 5, compilationScale: 20_000, features })
}
const [here, other, far] = [cellAt(0, 50, 5), cellAt(0, 50, 10), cellAt(10, 40, 5)]

test('a tile is drawn once for the same cells near it, whatever other cells there are', () => {
  const tiles = createDrawnTiles(land)
  const first = tiles.draw(TILE, [here], go, [])
  assert.deepEqual(
    [...first],
    [...drawLayers(TILE, [here], land, go, [])].map(({ name, features }) => [name, features]),
  )
  assert.equal(tiles.draw(TILE, [here], go, []), first)
  assert.equal(tiles.draw(TILE, [far, here], go, []), first)
})

test('another cell, another order of claim, another filler and another tile are drawn again', () => {
  const tiles = createDrawnTiles(land)
  const layers = [
    tiles.draw(TILE, [here], go, []),
    tiles.draw(TILE, [other], go, []),
    tiles.draw(TILE, [here, other], go, []),
    tiles.draw(TILE, [other, here], go, []),
    tiles.draw(TILE, [other, here], go, [1]),
    tiles.draw({ ...TILE, x: TILE.x + 1 }, [here], go, []),
  ]
  assert.equal(new Set(layers).size, layers.length)
})

test('beyond the budget the tile that was not used for longest is forgotten', () => {
  // Each of the tiles takes between 60 and 75.
  const tiles = createDrawnTiles(land, 150)
  const [east, south] = [
    { ...TILE, x: TILE.x + 1 },
    { ...TILE, y: TILE.y + 1 },
  ]
  const first = tiles.draw(TILE, [here], go, [])
  const second = tiles.draw(east, [here], go, [])
  assert.equal(tiles.draw(TILE, [here], go, []), first)
  tiles.draw(south, [here], go, [])
  assert.equal(tiles.draw(TILE, [here], go, []), first)
  assert.notEqual(tiles.draw(east, [here], go, []), second)
})
