import assert from 'node:assert/strict'
import { test } from 'node:test'
import { latitudeOfY, longitudeOfX, WORLD } from '#geo/world.ts'
import { type Box, boxRing } from '#test/cells.ts'
import { compiledSpec } from '#test/compiled-cells.ts'
import { decodeTile } from '#test/decoded-tile.ts'
import { createLandMap } from '../../basemap/land-map.ts'
import { drawTile } from './draw-tile.ts'

const TILE = { z: 14, x: 8_650, y: 5_550 }

/** A cell that covers a box in units of the tile. */
function cellOf(
  name: string,
  usageBand: number,
  compilationScale: number,
  [left, top, right, bottom]: readonly [number, number, number, number],
) {
  const longitude = (units: number) => longitudeOfX(((TILE.x + units / 4096) / 2 ** TILE.z) * WORLD)
  const latitude = (units: number) => latitudeOfY(((TILE.y + units / 4096) / 2 ** TILE.z) * WORLD)
  const box: Box = [longitude(left), latitude(bottom), longitude(right), latitude(top)]
  const geometry = { type: 'Polygon' as const, coordinates: [boxRing(box)] }
  const features = [{ objectClass: 'M_COVR', attributes: { CATCOV: 1 }, geometry }]
  return compiledSpec({ name, usageBand, compilationScale, features, dataLimit: box })
}
const WIDE = [-9_000, -9_000, 9_000, 9_000] as const
const coast = cellOf('XX4COAST', 4, 45_000, WIDE)

/** The lines between purposes: the ends of each, and the points between. */
function boundaries(...cells: ReturnType<typeof cellOf>[]) {
  const { lines } = decodeTile(drawTile(TILE, cells, createLandMap([]), () => {}))
  return lines.filter(({ layer }) => layer === 'scale_boundaries').flatMap(({ paths }) => paths)
}

test('a line with the finer chart to its right runs where a finer purpose begins', () => {
  const [line, ...others] = boundaries(cellOf('XX5WEST', 5, 12_000, [-9_000, -9_000, 1_000, 9_000]), coast)
  assert.deepEqual(others, [])
  assert.ok(line)
  assert.ok(line.every(({ x }) => Math.abs(x - 1_000) <= 1))
  // South, with the west to the right; it continues in the buffer.
  assert.ok(line[0]!.y <= -120 && line.at(-1)!.y >= 4_216)
})

test('a finer chart in the middle is surrounded', () => {
  const lines = boundaries(cellOf('XX5ISLE', 5, 12_000, [1_000, 1_000, 3_000, 2_000]), coast)
  const length = lines.flatMap((line) => line.slice(1).map(({ x, y }, i) => Math.hypot(x - line[i]!.x, y - line[i]!.y)))
  const total = length.reduce((sum, each) => sum + each, 0)
  assert.ok(Math.abs(total - 6_000) <= 10, `${total}`)
})

test('no line runs between charts of one purpose, at the edge of a tile, or where charts end', () => {
  const west = cellOf('XX5WEST', 5, 12_000, [-9_000, -9_000, 1_000, 9_000])
  assert.deepEqual(boundaries(west, cellOf('XX5EAST', 5, 10_000, [1_000, -9_000, 9_000, 9_000])), [])
  assert.deepEqual(boundaries(coast), [])
  assert.deepEqual(boundaries(west), [])
})

test('a border of several neighbours is a line as far as the neighbour is coarser', () => {
  const west = cellOf('XX5WEST', 5, 12_000, [-9_000, -9_000, 1_000, 9_000])
  const south = cellOf('XX4SOUTH', 4, 45_000, [1_000, 2_000, 9_000, 9_000])
  const [line, ...others] = boundaries(west, south)
  assert.deepEqual(others, [])
  assert.ok(line !== undefined && Math.abs(line[0]!.y - 2_000) <= 64, JSON.stringify(line))
})
