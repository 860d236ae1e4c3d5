import assert from 'node:assert/strict'
import { test } from 'node:test'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import type { CompiledCell } from '#compiled/format/compiled-cell.ts'
import { type TileAddress, tileAt } from '#geo/tile-grid.ts'
import { latitudeOfY, longitudeOfX, WORLD } from '#geo/world.ts'
import { type Box, boxRing } from '#test/cells.ts'
import { compiledSpec } from '#test/compiled-cells.ts'
import { createLandMap } from '../../basemap/land-map.ts'
import { drawTile } from './draw-tile.ts'

const TILE = { z: 14, x: 8_650, y: 5_550 }
/** In units of the tile: left, top, right, bottom. */
type Units = readonly [number, number, number, number]
type Area = readonly [objectClass: string, attributes: Record<string, number>, box: Units]

function toDegrees([left, top, right, bottom]: Units): Box {
  const longitude = (units: number) => longitudeOfX(((TILE.x + units / 4096) / 2 ** TILE.z) * WORLD)
  const latitude = (units: number) => latitudeOfY(((TILE.y + units / 4096) / 2 ** TILE.z) * WORLD)
  return [longitude(left), latitude(bottom), longitude(right), latitude(top)]
}

function cellOf(name: string, ground: Units, areas: readonly Area[], usageBand = 5): CompiledCell {
  const features = [['M_COVR', { CATCOV: 1 }, ground] as const, ...areas].map(([objectClass, attributes, box]) => ({
    ...{ objectClass, attributes },
    geometry: { type: 'Polygon' as const, coordinates: [boxRing(toDegrees(box))] },
  }))
  const compilationScale = usageBand === 5 ? 12_000 : 45_000
  return compiledSpec({ name, usageBand, compilationScale, features, dataLimit: toDegrees(ground) })
}

const depth = (DRVAL1: number, box: Units): Area => ['DEPARE', { DRVAL1, DRVAL2: DRVAL1 + 5 }, box]
const WEST: Units = [-9_000, -9_000, 2_000, 9_000]
const EAST: Units = [2_000, -9_000, 9_000, 9_000]

/** The depth boundaries of the tile: the depths on their sides, and the ends of each line. */
const boundaries = (...cells: CompiledCell[]) => boundariesIn(TILE, cells)

function boundariesIn(tile: TileAddress, cells: readonly CompiledCell[]) {
  const layer = new VectorTile(new PbfReader(drawTile(tile, cells, createLandMap([]), () => {}))).layers['depth_boundaries']
  return Array.from({ length: layer?.length ?? 0 }, (_, i) => layer!.feature(i)).flatMap((feature) =>
    feature.loadGeometry().map((path) => ({
      sides: [feature.properties['shallowSide'], feature.properties['deepSide']],
      properties: { ...feature.properties },
      path: path.map(({ x, y }) => [x, y] as const),
      ends: [path[0]!, path.at(-1)!].map(({ x, y }) => [x, y]).sort((a, b) => a[1]! - b[1]! || a[0]! - b[0]!),
    })),
  )
}

test('where two cells meet and the depth changes, a boundary has the depths of both', () => {
  const found = boundaries(cellOf('XX5WEST', WEST, [depth(5, WEST)]), cellOf('XX5EAST', EAST, [depth(10, EAST)]))
  assert.equal(found.length, 1)
  assert.deepEqual(found[0]!.properties, { VALDCO: 10, valdcoPrev: 5, shallowSide: 5, deepSide: 10 })
  // Through the buffer of the tile.
  assert.deepEqual(found[0]!.ends, [
    [2_000, -128],
    [2_000, 4_224],
  ])
})

test('no boundary runs where the depth is the same on both sides of the border, or dries on both', () => {
  for (const [west, east] of [
    [5, 5],
    [-2, -1],
  ] as const) {
    assert.deepEqual(boundaries(cellOf('XX5WEST', WEST, [depth(west, WEST)]), cellOf('XX5EAST', EAST, [depth(east, EAST)])), [])
  }
})

test('a boundary runs exactly as far as both depths last', () => {
  const west = cellOf('XX5WEST', WEST, [depth(5, [-9_000, -9_000, 2_000, 1_000]), depth(10, [-9_000, 1_000, 2_000, 9_000])])
  const east = cellOf('XX5EAST', EAST, [depth(10, [2_000, -9_000, 9_000, 3_000]), depth(20, [2_000, 3_000, 9_000, 9_000])])
  const along = boundaries(west, east).filter(({ ends }) => ends.every(([x]) => x === 2_000))
  assert.deepEqual(
    along.map(({ sides, ends }) => [sides, ends.map(([, y]) => y)]),
    [
      [
        [5, 10],
        [-128, 1_000],
      ],
      [
        [10, 20],
        [3_000, 4_224],
      ],
    ],
  )
})

test('land of one cell beside the depth of another makes a boundary, beside inland water none', () => {
  const land: Area = ['LNDARE', {}, WEST]
  const east = cellOf('XX5EAST', EAST, [depth(10, EAST)])
  const [found] = boundaries(cellOf('XX5WEST', WEST, [land]), east)
  assert.deepEqual(found?.properties, { VALDCO: 10, shallowSide: -1_000, deepSide: 10 })
  const river: Area = ['RIVERS', {}, [-9_000, 1_000, 2_000, 3_000]]
  const parts = boundaries(cellOf('XX5WEST', WEST, [land, river]), east)
  assert.deepEqual(
    parts.map(({ ends }) => ends.map(([, y]) => y)),
    [
      [-128, 1_000],
      [3_000, 4_224],
    ],
  )
})

test('a finer cell in a coarser one is bounded where its depths differ from those around it', () => {
  const isle: Units = [1_000, 1_000, 3_000, 2_000]
  const wide: Units = [-9_000, -9_000, 9_000, 9_000]
  const coast = cellOf('XX4COAST', wide, [depth(10, wide)], 4)
  const halves = [depth(5, [1_000, 1_000, 2_000, 2_000]), depth(10, [2_000, 1_000, 3_000, 2_000])]
  const found = boundaries(cellOf('XX5ISLE', isle, halves), coast)
  assert.ok(found.every(({ sides }) => String(sides) === '5,10'))
  assert.ok(found.every(({ path }) => path.every(([x]) => x <= 2_000)))
  const lengths = found.flatMap(({ path }) => path.slice(1).map(([x, y], i) => Math.hypot(x - path[i]![0], y - path[i]![1])))
  const total = lengths.reduce((sum, each) => sum + each, 0)
  // Three sides of the western half, and the boundary within the finer cell.
  assert.ok(Math.abs(total - 4_000) <= 10, `${total}`)
})

test('the boundary bridges what rounding leaves open between two cells, and no gap in the charts', () => {
  for (const [gap, lines] of [
    [3, 1],
    [40, 0],
  ] as const) {
    const beyond: Units = [2_000 + gap, -9_000, 9_000, 9_000]
    const found = boundaries(cellOf('XX5WEST', WEST, [depth(5, WEST)]), cellOf('XX5EAST', beyond, [depth(10, beyond)]))
    assert.equal(found.length, lines, `${gap} units`)
  }
})

test('the boundary runs along the antimeridian where two cells meet there, in the tiles on both sides', () => {
  const cell = (name: string, west: number, east: number, DRVAL1: number) => {
    const coordinates = [boxRing([west, 50, east, 50.1])]
    const geometry = { type: 'Polygon' as const, coordinates }
    const features = [
      { objectClass: 'M_COVR', attributes: { CATCOV: 1 }, geometry },
      { objectClass: 'DEPARE', attributes: { DRVAL1, DRVAL2: 30 }, geometry },
    ]
    return compiledSpec({ name, usageBand: 5, compilationScale: 12_000, features, dataLimit: [west, 50, east, 50.1] })
  }
  const cells = [cell('XX5WEST', 179.9, 180, 5), cell('XX5EAST', -180, -179.9, 10)]
  for (const [longitude, edge] of [
    [179.999, 4_096],
    [-179.999, 0],
  ] as const) {
    const found = boundariesIn(tileAt(longitude, 50.05, 14), cells)
    assert.deepEqual(
      found.map(({ sides, path }) => [sides, new Set(path.map(([x]) => x))]),
      [[[5, 10], new Set([edge])]],
    )
  }
})
