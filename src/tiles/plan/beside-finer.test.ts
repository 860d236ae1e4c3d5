import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packCoverage } from '#charts/cells/packed-coverage.ts'
import { latitudeOfY, longitudeOfX, WORLD } from '#geo/world.ts'
import type { Box } from '#test/cells.ts'
import { chartCell } from '#test/chart-cell.ts'
import { TILE_BUFFER } from '../products/vector/tile-buffer.ts'
import { type ChartCell, createSnapshot } from '../view/chart-snapshot.ts'
import { toOutline } from '../view/outline.ts'
import { besideFiner } from './beside-finer.ts'
import { tileGround } from './plan-ground.ts'

// At 50 degrees north 1:90,000 is the scale of zoom 10.96 and 1:12,000 that of zoom 13.87.
const TILE = { z: 13, x: 4_325, y: 2_775 }
/** A box in tiles from the north-western corner of the tile. */
function tilesBox(west: number, north: number, east: number, south: number, { z, x, y } = TILE): Box {
  const longitude = (tiles: number) => longitudeOfX(((x + tiles) / 2 ** z) * WORLD)
  const latitude = (tiles: number) => latitudeOfY(((y + tiles) / 2 ** z) * WORLD)
  return [longitude(west), latitude(south), longitude(east), latitude(north)]
}
const coarse = chartCell('XX4COARS', 'a', tilesBox(-50, -50, 50, 50), { scale: 90_000, usageBand: 4 })
const finer = (box: Box, more: Partial<ChartCell> = {}) => chartCell('XX5FINER', 'b', box, { scale: 30_000, ...more })

function marked(cells: readonly ChartCell[], { tile = TILE, of = [coarse], accountId = 1 } = {}) {
  const ground = tileGround(tile, { buffer: TILE_BUFFER, reach: TILE_BUFFER, zoom: tile.z })
  return besideFiner({ snapshot: createSnapshot(1, cells), ground, accountId, cells: of }).map((place) => of[place]!.name)
}

test('a coarse cell fills gaps when a finer cell covers ground in the tile or within one tile of it', () => {
  assert.deepEqual(marked([coarse, finer(tilesBox(0.4, 0.4, 0.6, 0.6))]), ['XX4COARS'])
  assert.deepEqual(marked([coarse, finer(tilesBox(1.9, 0, 3, 1))]), ['XX4COARS'])
  assert.deepEqual(marked([coarse, finer(tilesBox(-1.5, -1.5, -0.9, -0.9))]), ['XX4COARS'])
})

test('a coarse cell fills no gaps when no finer cell is near: the user has zoomed in', () => {
  assert.deepEqual(marked([coarse]), [])
  assert.deepEqual(marked([coarse, finer(tilesBox(2.1, 0, 3, 1))]), [])
})

test('a finer cell counts by its coverage and not by its box', () => {
  const [west, south, east, north] = tilesBox(-4, -4, 4, 4)
  const corner: [number, number][] = [
    [west, south],
    [east, south],
    [east, south + 1e-4],
    [west + 1e-4, north],
    [west, north],
    [west, south],
  ]
  const bent = finer([west, south, east, north], { outline: toOutline(packCoverage([[corner]])) })
  assert.deepEqual(marked([coarse, bent], { tile: { ...TILE, x: TILE.x + 2, y: TILE.y - 2 } }), [])
  assert.deepEqual(marked([coarse, bent], { tile: { ...TILE, x: TILE.x - 2, y: TILE.y + 2 } }), ['XX4COARS'])
})

test('a finer cell has at least twice the scale and is meant for the zoom', () => {
  const box = tilesBox(0, 0, 1, 1)
  assert.deepEqual(marked([coarse, finer(box, { scale: 45_000 })]), ['XX4COARS'])
  assert.deepEqual(marked([coarse, finer(box, { scale: 45_001 })]), [])
  assert.deepEqual(marked([coarse, finer(box, { scale: 12_000 })]), ['XX4COARS'], 'meant for zoom 13')
  assert.deepEqual(marked([coarse, finer(box, { scale: 4_000 })]), [], 'meant for zoom 15')
})

test('a cell is distinguished only at zooms that show it at twice its scale', () => {
  const at = (z: number) => {
    const tile = { z, x: Math.floor(TILE.x * 2 ** (z - TILE.z)), y: Math.floor(TILE.y * 2 ** (z - TILE.z)) }
    return marked([coarse, finer(tilesBox(0, 0, 1, 1))], { tile })
  }
  assert.deepEqual(
    [11, 12, 13, 14].map((z) => at(z).length),
    [0, 1, 1, 1],
  )
})

test('tiles of the last zoom tell of any scale, because clients enlarge them', () => {
  const tile = { z: 16, x: TILE.x * 8, y: TILE.y * 8 }
  const harbour = chartCell('XX6HARBR', 'c', tilesBox(-1, -1, 1, 1), { scale: 5_000, usageBand: 6 })
  const berth = chartCell('XX6BERTH', 'd', tilesBox(0, 0, 0.1, 0.1), { scale: 2_500, usageBand: 6 })
  assert.deepEqual(marked([harbour, berth], { tile, of: [berth, harbour] }), ['XX6HARBR'])
})

test('a finer cell of another account does not count', () => {
  const own = finer(tilesBox(0, 0, 1, 1), { accountId: 7 })
  assert.deepEqual(marked([coarse, own], { accountId: 7 }), ['XX4COARS'])
  assert.deepEqual(marked([coarse, own], { accountId: 8 }), [])
})
