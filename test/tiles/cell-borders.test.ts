import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tileAt } from '#geo/tile-grid.ts'
import type { FeatureSpec } from '#s57/writer/cell-spec.ts'
import { compiledSpec } from '#test/compiled-cells.ts'
import { decodeTile } from '#test/decoded-tile.ts'
import { createLandMap } from '#tiles/basemap/land-map.ts'
import { drawTile } from '#tiles/products/vector/draw-tile.ts'

// Two cells that meet along 10.1 degrees east. An object on the line belongs to only one of them (S-57 appendix B.1, 2.2), and the
// cell that claims the ground first cannot tell which.

const BORDER = 10.1
const LIGHT: FeatureSpec['attributes'] = { COLOUR: 3, SECTR1: 80, SECTR2: 100, VALNMR: 8 }

function cellOf(name: string, west: number, east: number, on: readonly FeatureSpec[]) {
  const ring = [
    [west, 50],
    [east, 50],
    [east, 50.1],
    [west, 50.1],
    [west, 50],
  ]
  const geometry = { type: 'Polygon' as const, coordinates: [ring] }
  return compiledSpec({
    name,
    usageBand: 5,
    compilationScale: 12_000,
    features: [
      { objectClass: 'M_COVR', attributes: { CATCOV: 1 }, geometry },
      { objectClass: 'DEPARE', attributes: { DRVAL1: 5, DRVAL2: 10 }, geometry },
      ...on,
    ],
    dataLimit: [west, 50, east, 50.1],
  })
}

const at = (longitude: number): FeatureSpec[] => [
  { objectClass: 'BOYLAT', geometry: { type: 'Point', coordinates: [longitude, 50.05] } },
  { objectClass: 'LIGHTS', attributes: LIGHT, geometry: { type: 'Point', coordinates: [longitude, 50.05] } },
  { objectClass: 'SOUNDG', geometry: { type: 'MultiPoint', coordinates: [[longitude, 50.05, 4.5]] } },
]

/** How often each object is drawn in the tile around the border position. */
function drawn(first: readonly FeatureSpec[], second: readonly FeatureSpec[], z: number): Record<string, number> {
  const cells = [cellOf('XX5WESTA', 10, BORDER, first), cellOf('XX5EASTA', BORDER, 10.2, second)]
  const tile = tileAt(BORDER, 50.05, z)
  const { points, lines } = decodeTile(drawTile(tile, cells, createLandMap([]), () => {}))
  const count = (layer: string) => [...points, ...lines].filter((each) => each.layer === layer).length
  return Object.fromEntries(
    ['s57_boylat', 's57_lights', 's57_soundg', 'light_arcs', 'light_legs'].map((name) => [name, count(name)]),
  )
}

const ONCE = { s57_boylat: 1, s57_lights: 1, s57_soundg: 1, light_arcs: 1, light_legs: 1 }
const NEVER = { s57_boylat: 0, s57_lights: 0, s57_soundg: 0, light_arcs: 0, light_legs: 0 }

for (const z of [12, 13, 14, 15, 16]) {
  test(`an object on the border of two cells is drawn once, whichever cell has it (zoom ${z})`, () => {
    assert.deepEqual(drawn(at(BORDER), [], z), ONCE)
    assert.deepEqual(drawn([], at(BORDER), z), ONCE)
    assert.deepEqual(drawn(at(BORDER), at(BORDER), z), ONCE)
  })

  test(`only the cell that owns the ground draws an object inside it (zoom ${z})`, () => {
    const inside = at(BORDER - 0.001)
    assert.deepEqual(drawn(inside, inside, z), ONCE)
    assert.deepEqual(drawn([], inside, z), NEVER)
  })
}
