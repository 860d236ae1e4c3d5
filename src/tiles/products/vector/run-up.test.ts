import assert from 'node:assert/strict'
import { test } from 'node:test'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { EXTENT, type TileAddress } from '#geo/tile-grid.ts'
import { latitudeOfY, longitudeOfX, WORLD } from '#geo/world.ts'
import { portrayalOf, portrayedClasses } from '#portrayal/table/portrayal-of.ts'
import type { Primitive } from '#portrayal/table/row.ts'
import type { FeatureSpec } from '#s57/writer/cell-spec.ts'
import { randomBy } from '#test/audit-cells.ts'
import { compiledSpec } from '#test/compiled-cells.ts'
import { createLandMap } from '../../basemap/land-map.ts'
import { vector } from '../vector.ts'
import { COMPLEX_BOUNDARIES, COMPLEX_LINES, LINE_PERIOD } from './run-up.ts'

const TILE: TileAddress = { z: 12, x: 2_200, y: 1_500 }
const PERIOD = LINE_PERIOD * 8
type Point = readonly [x: number, y: number]

/** A position in tiles from the north-western corner of the tile, in degrees. */
const toDegrees = ([x, y]: Point): [number, number] => [
  longitudeOfX(((TILE.x + x) / 2 ** TILE.z) * WORLD),
  latitudeOfY(((TILE.y + y) / 2 ** TILE.z) * WORLD),
]
const box: Point[] = [
  [-8, -8],
  [8, -8],
  [8, 8],
  [-8, 8],
  [-8, -8],
]
const ground = { type: 'Polygon' as const, coordinates: [box.map(toDegrees)] }
const cellOf = (...features: FeatureSpec[]) =>
  compiledSpec({
    usageBand: 5,
    compilationScale: 50_000,
    features: [{ objectClass: 'M_COVR', attributes: { CATCOV: 1 }, geometry: ground }, ...features],
  })

type Chart = ReturnType<typeof cellOf> | ReturnType<typeof cellOf>[]

/** The lines of a layer of a tile. */
async function linesIn(chart: Chart, layer: string, tile: TileAddress): Promise<Point[][]> {
  const cells = Array.isArray(chart) ? chart : [chart]
  const bytes = await vector.make({ request: tile, cells, facts: null, land: createLandMap([]), checkpoint: () => {} })
  const found = new VectorTile(new PbfReader(bytes!)).layers[layer]
  return Array.from({ length: found?.length ?? 0 }, (_, i) => found!.feature(i)).flatMap((feature) =>
    feature.loadGeometry().map((path) => path.map(({ x, y }): Point => [x, y])),
  )
}

/** Where a line crosses a vertical of its tile, and how far along it does, in units. */
function crossings(line: readonly Point[], x: number): { y: number; along: number }[] {
  const found: { y: number; along: number }[] = []
  let along = 0
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!]
    const length = Math.hypot(b[0] - a[0], b[1] - a[1])
    if (a[0] < x !== b[0] < x) {
      const share = (x - a[0]) / (b[0] - a[0])
      found.push({ y: a[1] + share * (b[1] - a[1]), along: along + share * length })
    }
    along += length
  }
  return found
}

/** A path from west to east or back through several tiles, with a bend every 200 units or so. */
function path(random: () => number, reversed: boolean): Point[] {
  const points: Point[] = []
  for (let x = -2.5 + random(); x < 3.2; x += 0.02 + 0.06 * random())
    points.push([x, 0.5 + 0.3 * Math.sin(3 * x) + 0.03 * random()])
  return reversed ? points.toReversed() : points
}

/** How far the two tiles beside an edge disagree on the place within the period, at each line that crosses it. */
async function disagreements(chart: Chart, layer: string, west: TileAddress, period = PERIOD): Promise<number[]> {
  const [left, right] = await Promise.all([linesIn(chart, layer, west), linesIn(chart, layer, { ...west, x: west.x + 1 })])
  const here = left.flatMap((line) => crossings(line, EXTENT - 0.5)).filter(({ y }) => y > 0 && y < EXTENT)
  const there = right.flatMap((line) => crossings(line, -0.5))
  return here.map(({ y, along }) => {
    const same = there.find((other) => Math.abs(other.y - y) < 4)
    assert.ok(same, `a line ends at the edge of ${west.x}, ${west.y}`)
    const off = Math.abs(same.along - along) % period
    return Math.min(off, period - off)
  })
}

test('complex lines continue across the edges of tiles within half a pixel, at all zooms and in both directions', async () => {
  const random = randomBy(7)
  let count = 0
  for (const reversed of [false, true]) {
    const coordinates = path(random, reversed).map(toDegrees)
    const cell = cellOf({ objectClass: 'CBLSUB', geometry: { type: 'LineString', coordinates } })
    for (const z of [11, 12, 13, 14]) {
      const [from, to] = [-2, 2].map((tiles) => Math.floor((TILE.x + tiles) * 2 ** (z - TILE.z)))
      const rows = z <= 12 ? [0] : Array.from({ length: 2 ** (z - TILE.z) }, (_, i) => i)
      for (let x = from!; x < to!; x++) {
        for (const row of rows) {
          const tile = { z, x, y: Math.floor(TILE.y * 2 ** (z - TILE.z)) + row }
          for (const off of await disagreements(cell, 's57_cblsub', tile, 120 * 8)) {
            assert.ok(off < 4, `${off} units at ${z}/${x}/${tile.y}`)
            count++
          }
        }
      }
    }
  }
  assert.ok(count > 30, `${count} crossings`)
})

test('the symbols of a boundary continue across the edges of tiles, and nothing of a run-up lies in a tile', async () => {
  const ring: Point[] = [
    [-1.3, -0.2],
    [2.4, 0.3],
    [1.9, 0.8],
    [-1.7, 0.7],
    [-1.3, -0.2],
  ]
  const geometry = { type: 'Polygon' as const, coordinates: [ring.map(toDegrees)] }
  const cell = cellOf({ objectClass: 'RESARE', attributes: { RESTRN: '7' }, geometry })
  let count = 0
  for (const x of [-2, -1, 0, 1]) {
    for (const off of await disagreements(cell, 'area_lines', { ...TILE, x: TILE.x + x }, 120 * 8)) {
      assert.ok(off < 4, `${off} units`)
      count++
    }
  }
  assert.ok(count >= 6, `${count} crossings`)
  const lines = await linesIn(cell, 'area_lines', TILE)
  const inside = lines.flatMap((line) => line.slice(1).map((to, i) => [line[i]!, to] as const)).filter(isInTile)
  assert.equal(inside.length, 2, 'the boundary runs through the tile twice')
})

/** Whether the middle of a segment, or of one of its quarters, lies in the tile. */
function isInTile([a, b]: readonly [Point, Point]): boolean {
  return [0.01, 0.25, 0.5, 0.75, 0.99].some((share) =>
    [0, 1].every((axis) => {
      const value = a[axis]! + share * (b[axis]! - a[axis]!)
      return value >= 0 && value <= EXTENT
    }),
  )
}

test('a line that begins in a tile has no run-up there', async () => {
  const coordinates = [toDegrees([0.25, 0.5]), toDegrees([3, 0.5])]
  const cell = cellOf({ objectClass: 'CBLSUB', geometry: { type: 'LineString', coordinates } })
  const [line] = await linesIn(cell, 's57_cblsub', TILE)
  assert.deepEqual(line?.[0], [1024, 2048])
})

test('a line with bends and text has its middle where it would be without run-ups', async () => {
  for (const x of [TILE.x, TILE.x + 1]) {
    const coordinates = path(randomBy(3), false).map(toDegrees)
    const attributes = { TRAFIC: 4, CATTRK: 1, ORIENT: 90 }
    const cell = cellOf({ objectClass: 'RECTRC', attributes, geometry: { type: 'LineString', coordinates } })
    const [line] = await linesIn(cell, 's57_rectrc', { ...TILE, x })
    const half = lengthOf(line!) / 2
    const [west, east] = [crossings(line!, -0.5)[0]!.along, crossings(line!, EXTENT + 0.5)[0]!.along]
    assert.ok(Math.abs(half - (west + east) / 2) < 8, `${half} of ${west} to ${east}`)
  }
})

const lengthOf = (line: readonly Point[]) =>
  line.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - line[i]![0], y - line[i]![1]), 0)

test('recommended and deep water tracks continue across the edges of tiles within half a pixel', async () => {
  for (const [objectClass, pixels] of [
    ['RECTRC', 72],
    ['RCRTCL', 90],
    ['DWRTCL', 120],
  ] as const) {
    for (const reversed of [false, true]) {
      const coordinates = path(randomBy(5), reversed).map(toDegrees)
      const cell = cellOf({ objectClass, attributes: { TRAFIC: 4, CATTRK: 2 }, geometry: { type: 'LineString', coordinates } })
      for (const x of [-2, -1, 0, 1]) {
        const found = await disagreements(cell, `s57_${objectClass.toLowerCase()}`, { ...TILE, x: TILE.x + x }, pixels * 8)
        assert.equal(found.length, 1)
        for (const off of found) assert.ok(off < 4, `${off} units at ${x}`)
      }
    }
  }
})

/** A cell with a cable or another line, and over part of it a finer one without. */
function coveredLine(from: number, to: number, objectClass = 'CBLSUB') {
  const coordinates = [toDegrees([-2.3, 0.5]), toDegrees([3.1, 0.52])]
  const coarse = cellOf({ objectClass, geometry: { type: 'LineString', coordinates } })
  const corners: Point[] = [
    [from, -1],
    [to, -1],
    [to, 2],
    [from, 2],
    [from, -1],
  ]
  const cover = { type: 'Polygon' as const, coordinates: [corners.map(toDegrees)] }
  const finer = compiledSpec({
    usageBand: 5,
    compilationScale: 40_000,
    features: [{ objectClass: 'M_COVR', attributes: { CATCOV: 1 }, geometry: cover }],
  })
  return [finer, coarse]
}

test('a line that begins in a tile where a finer cell ends leaves it in step with the next tile', async () => {
  for (const [objectClass, pixels] of [
    ['CBLSUB', 120],
    ['RECTRC', 72],
    ['PIPSOL', 36],
  ] as const) {
    for (const to of [0.13, 0.4, 0.61, 0.76, 1 - (pixels + 2) / 512]) {
      const chart = coveredLine(-0.6, to, objectClass)
      for (const off of await disagreements(chart, `s57_${objectClass.toLowerCase()}`, TILE, pixels * 8)) {
        assert.ok(off < 4, `${off} units, ${objectClass} from ${to}`)
      }
    }
  }
})

test('what is left of a line beside a finer cell is drawn whole', async () => {
  const lines = await linesIn(coveredLine(-0.6, 0.4), 's57_cblsub', TILE)
  const inside = lines.toSorted(([a], [b]) => a![0] - b![0])
  assert.equal(inside.length, 2)
  const [first, second] = inside
  assert.deepEqual(first!.at(-1), second![0])
  assert.ok(Math.abs(first![0]![0] - 0.4 * EXTENT) <= 2)
  assert.ok(second!.at(-1)![0] > EXTENT)
})

test('no piece of a complex line is so long that MapLibre starts counting its length again', async () => {
  const zigzag = Array.from({ length: 40 }, (_, i): Point => [0.05 + (i % 2) * 0.9, 0.02 + i * 0.024])
  const cell = cellOf({ objectClass: 'CBLSUB', geometry: { type: 'LineString', coordinates: zigzag.map(toDegrees) } })
  const lines = await linesIn(cell, 's57_cblsub', TILE)
  assert.ok(lines.length > 10)
  for (const [i, line] of lines.entries()) {
    assert.ok(lengthOf(line) <= 2 * EXTENT)
    if (i === lines.length - 1) continue
    const periods = lengthOf(line) / PERIOD
    assert.ok(Math.abs(periods - Math.round(periods)) * PERIOD < 8, `${periods} periods`)
    assert.deepEqual(line.at(-1), lines[i + 1]![0])
  }
})

/** A row that draws an uncertain position is a dash in the style. */
const isComplex = ({ line }: { line: { kind: string; name?: string } | null }) =>
  line?.kind === 'complex' && !/^LOWACC/.test(line.name ?? '')

test('run-ups have all areas and lines that are drawn with complex lines', () => {
  const classes = (primitive: Primitive) =>
    portrayedClasses().filter((name) => (portrayalOf(name, primitive, 'simplified')?.rows ?? []).some(isComplex))
  assert.deepEqual(classes('A').toSorted(), [...COMPLEX_BOUNDARIES.keys()].toSorted())
  assert.deepEqual(classes('L').toSorted(), [...COMPLEX_LINES.keys()].toSorted())
})
