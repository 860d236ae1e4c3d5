import assert from 'node:assert/strict'
import { test } from 'node:test'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { type TileAddress, tileAt } from '#geo/tile-grid.ts'
import { latitudeOfY, longitudeOfX, WORLD } from '#geo/world.ts'
import type { FeatureSpec } from '#s57/writer/cell-spec.ts'
import { type Box, boxRing } from '#test/cells.ts'
import { compiledSpec } from '#test/compiled-cells.ts'
import { createLandMap } from '../../basemap/land-map.ts'
import { drawTile } from './draw-tile.ts'

// A light at 10 degrees east, 50 degrees north. At zoom 13 a tile is 1.7 nautical miles wide there.

const LIGHT: readonly [number, number] = [10, 50]
const DIRECTIONAL = { CATLIT: 1, ORIENT: 270, COLOUR: 1, VALNMR: 6 }
const WIDE: Box = [9.5, 49.5, 10.5, 50.5]

type Attributes = NonNullable<FeatureSpec['attributes']>
type Place = readonly [longitude: number, latitude: number]

function cellOf(box: Box, lights: readonly Attributes[], { name = 'XX5LINES', scale = 20_000, at = LIGHT } = {}) {
  const geometry = { type: 'Polygon' as const, coordinates: [boxRing(box)] }
  return compiledSpec({
    name,
    usageBand: 5,
    compilationScale: scale,
    features: [
      { objectClass: 'M_COVR', attributes: { CATCOV: 1 }, geometry },
      { objectClass: 'DEPARE', attributes: { DRVAL1: 5, DRVAL2: 10 }, geometry },
      ...lights.map((attributes) => ({
        objectClass: 'LIGHTS',
        attributes,
        geometry: { type: 'Point' as const, coordinates: [...at] },
      })),
    ],
    dataLimit: box,
  })
}

/** The lines of a layer in a tile as positions in degrees, with the properties and ids of their features. */
function linesIn(cells: readonly ReturnType<typeof cellOf>[], tile: TileAddress, name = 'light_lines') {
  const layer = new VectorTile(new PbfReader(drawTile(tile, cells, createLandMap([]), () => {}))).layers[name]
  return Array.from({ length: layer?.length ?? 0 }, (_, i) => {
    const feature = layer!.feature(i)
    const degrees = ({ x, y }: { x: number; y: number }): Place => [
      longitudeOfX(((tile.x + x / 4096) / 2 ** tile.z) * WORLD),
      latitudeOfY(((tile.y + y / 4096) / 2 ** tile.z) * WORLD),
    ]
    return {
      id: feature.id,
      properties: { ...feature.properties },
      lines: feature.loadGeometry().map((line) => line.map(degrees)),
    }
  })
}

/** Miles along the meridian and the parallel of 50 degrees. */
const milesFromLight = ([longitude, latitude]: Place, [x, y]: Place = LIGHT) =>
  Math.hypot((longitude - x) * 60 * Math.cos((50 * Math.PI) / 180), (latitude - y) * 60)

const nearTo = (actual: number, expected: number, tolerance = 0.01) =>
  assert.ok(Math.abs(actual - expected) < tolerance, `${actual} is not ${expected}`)

/** How far from the light its line reaches, in the tiles of zoom 13 along the parallel to the east. */
function reachEast(cells: readonly ReturnType<typeof cellOf>[]): number {
  const first = tileAt(LIGHT[0], LIGHT[1], 13)
  let reach = 0
  for (let x = first.x; x < first.x + 12; x++) {
    for (const { lines } of linesIn(cells, { ...first, x })) {
      for (const place of lines.flat()) reach = Math.max(reach, milesFromLight(place))
    }
  }
  return reach
}

test('the line of a directional light is as long as its range, 9 miles without one, over all tiles between', () => {
  nearTo(reachEast([cellOf(WIDE, [DIRECTIONAL])]), 6)
  nearTo(reachEast([cellOf(WIDE, [{ ...DIRECTIONAL, VALNMR: 3.5 }])]), 3.5)
  nearTo(reachEast([cellOf(WIDE, [{ CATLIT: 16, ORIENT: 270, COLOUR: 1 }])]), 9)
})

test('a tile far from the light has the piece of its line, and the light as its owner, but neither the light nor its leg of 25 mm', () => {
  const cells = [cellOf(WIDE, [DIRECTIONAL])]
  const here = tileAt(LIGHT[0], LIGHT[1], 13)
  const [near] = linesIn(cells, here)
  const far = { ...here, x: here.x + 2 }
  const [piece] = linesIn(cells, far)
  assert.ok(near !== undefined && piece !== undefined)
  assert.equal(piece.id, near.id)
  assert.deepEqual(piece.properties, { COLOUR: 1, kind: 'directional', VALNMR: 6 })
  nearTo(milesFromLight(near.lines[0]![0]!), 0, 0.001)
  for (const name of ['light_legs', 's57_lights']) assert.deepEqual(linesIn(cells, far, name), [], name)
  // Tiles continue each other: along a parallel all positions have the latitude of the light.
  for (const [, latitude] of piece.lines.flat()) nearTo(latitude, LIGHT[1], 0.00002)
})

test('a line runs along its bearing in every direction, with its range in the scale of the latitude', () => {
  for (const [longitude, latitude] of [
    [10, 50],
    [-150, 70],
    [177, -40],
  ] as const) {
    const box: Box = [longitude - 2, latitude - 1, longitude + 2, latitude + 1]
    for (let bearing = 0; bearing < 360; bearing += 45) {
      const attributes = { ...DIRECTIONAL, ORIENT: (bearing + 180) % 360, VALNMR: 20 }
      const cell = cellOf(box, [attributes], { at: [longitude, latitude], scale: 1_000_000 })
      // A tile of zoom 6 is 340 miles wide on the equator; the first piece begins at the light.
      const tile = tileAt(longitude, latitude, 6)
      const [line] = linesIn([cell], tile)[0]!.lines
      const [from, to] = [line![0]!, line!.at(-1)!]
      const angle = (bearing * Math.PI) / 180
      const middle = (((from[1] + to[1]) / 2) * Math.PI) / 180
      const [east, north] = [(to[0] - from[0]) * 60 * Math.cos(middle), (to[1] - from[1]) * 60]
      nearTo(east, 20 * Math.sin(angle), 0.15)
      nearTo(north, 20 * Math.cos(angle), 0.15)
    }
  }
})

test('a line is drawn on the ground that its cell draws, and for 25 mm from the light on any ground', () => {
  const finer = { name: 'XX5FINER', scale: 10_000 }
  // The finer cell covers the ground from 2 miles east of the light on, to beyond its range, and has no light.
  const away = LIGHT[0] + 2 / 60 / Math.cos((50 * Math.PI) / 180)
  nearTo(reachEast([cellOf([away, 49.5, 10.5, 50.5], [], finer), cellOf(WIDE, [DIRECTIONAL])]), 2)
  // The cell of the light ends just east of it.
  const tile = tileAt(LIGHT[0], LIGHT[1], 13)
  const [cut] = linesIn([cellOf([9.5, 49.5, 10.0001, 50.5], [DIRECTIONAL])], tile)
  const [leg] = linesIn([cellOf(WIDE, [DIRECTIONAL])], tile, 'light_legs')
  assert.deepEqual(cut?.lines, leg?.lines)
})

test('two charts with the same light continue its line where one takes over from the other', () => {
  const finer = cellOf([9.9, 49.9, 10.05, 50.1], [DIRECTIONAL], { name: 'XX5FINER', scale: 10_000 })
  nearTo(reachEast([finer, cellOf(WIDE, [DIRECTIONAL])]), 6)
  nearTo(reachEast([finer, cellOf(WIDE, [])]), milesFromLight([10.05, 50]))
})

test('a sector has both its legs as long as its range, and a light that is not yet in view has no line', () => {
  const sector = { COLOUR: 3, SECTR1: 260, SECTR2: 280, VALNMR: 6 }
  const tile = tileAt(LIGHT[0], LIGHT[1], 13)
  const [drawn] = linesIn([cellOf(WIDE, [sector])], tile)
  assert.deepEqual([drawn?.lines.length, drawn?.properties['kind']], [2, 'sector'])
  assert.deepEqual(linesIn([cellOf(WIDE, [{ ...DIRECTIONAL, SCAMIN: 4_000 }])], tile), [])
  assert.deepEqual(linesIn([cellOf(WIDE, [{ COLOUR: 1, VALNMR: 18 }])], tile), [], 'a light that shines all round')
})

test('a mistyped range leads no further than 60 miles', () => {
  const at = [7, 50] as const
  const cell = cellOf([5, 49, 14, 51], [{ ...DIRECTIONAL, VALNMR: 900 }], { at, scale: 1_000_000 })
  const [drawn] = linesIn([cell], tileAt(...at, 6))
  nearTo(milesFromLight(drawn!.lines[0]!.at(-1)!, at), 60, 0.2)
})

test('a line continues across the antimeridian, in both worlds', () => {
  const at = [179.95, 50] as const
  const cell = cellOf([179.5, 49.5, 180.5, 50.5], [DIRECTIONAL], { at })
  const east = tileAt(-179.99, 50, 13)
  const [drawn] = linesIn([cell], east)
  assert.equal(drawn?.lines.length, 1)
  nearTo(drawn!.lines[0]!.at(-1)![1], 50, 0.00002)
  assert.equal(linesIn([cell], tileAt(...at, 13)).length, 1)
})
