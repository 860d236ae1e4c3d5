import assert from 'node:assert/strict'
import { test } from 'node:test'
import { VectorTile, type VectorTileFeature } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import type { CompiledCell } from '#compiled/format/compiled-cell.ts'
import type { TileAddress } from '#geo/tile-grid.ts'
import { latitudeOfY, longitudeOfX, WORLD } from '#geo/world.ts'
import type { CellSpec, FeatureSpec } from '#s57/writer/cell-spec.ts'
import { compiledSpec } from '#test/compiled-cells.ts'
import { boxRing as box, createFeatureSpecs, type GridPoint } from '#test/feature-specs.ts'
import { createLandMap } from '../../basemap/land-map.ts'
import { describeTiles } from '../../tile-json.ts'
import { vector } from '../vector.ts'

const TILE: TileAddress = { z: 12, x: 2_200, y: 1_500 }

/** A position of the tile's grid of 4,096 units in degrees. */
const toDegrees = ([x, y]: GridPoint): [number, number] => [
  longitudeOfX(((TILE.x + x / 4096) / 2 ** TILE.z) * WORLD),
  latitudeOfY(((TILE.y + y / 4096) / 2 ** TILE.z) * WORLD),
]
const { area, line } = createFeatureSpecs(toDegrees)

/** A cell of 8 tiles on each side around the tile, one depth area all over it. */
const GROUND = box(-16_384, -16_384, 16_384, 16_384)
const cellOf = (
  features: FeatureSpec[],
  { ground = GROUND, ...spec }: Partial<CellSpec> & { ground?: GridPoint[] } = {},
): CompiledCell =>
  compiledSpec({
    ...{ usageBand: 5, compilationScale: 50_000, ...spec },
    features: [area('M_COVR', { CATCOV: 1 }, ground), area('DEPARE', { DRVAL1: 5, DRVAL2: 10 }, ground), ...features],
  })

async function draw(cells: readonly CompiledCell[], tile = TILE): Promise<Record<string, VectorTileFeature[]>> {
  const work = { request: tile, cells, facts: null, land: createLandMap([]), checkpoint: () => {} }
  const { layers } = new VectorTile(new PbfReader((await vector.make(work))!))
  return Object.fromEntries(
    Object.entries(layers).map(([name, layer]) => [name, Array.from({ length: layer.length }, (_, i) => layer.feature(i))]),
  )
}
const pathsOf = (feature: VectorTileFeature) => feature.loadGeometry().map((path) => path.map(({ x, y }): GridPoint => [x, y]))
const segmentsOf = (features: readonly VectorTileFeature[] = []) =>
  features.flatMap((feature) => pathsOf(feature).flatMap((path) => path.slice(1).map((to, i) => [path[i]!, to] as const)))

test('a contour has the depths on its sides, and its inaccurate stretches apart', async () => {
  const contour: GridPoint[] = [
    [0, 2_000],
    [1_000, 2_000],
    [2_000, 2_000],
    [3_000, 2_000],
  ]
  const cell = compiledSpec({
    compilationScale: 50_000,
    features: [
      area('M_COVR', { CATCOV: 1 }, GROUND),
      area('DEPARE', { DRVAL1: 0 }, box(-16_384, -16_384, 16_384, 2_000)),
      area('DEPARE', { DRVAL1: 9.1 }, box(-16_384, 2_000, 16_384, 16_384)),
      line('DEPCNT', { VALDCO: 5 }, contour),
      line('DEPCNT', { VALDCO: 5 }, contour.slice(1, 3), { edgeAttributes: { QUAPOS: 4 }, featureId: 99 }),
    ],
  })
  const { s57_depcnt: contours = [], depth_boundaries: boundaries = [] } = await draw([cell])
  const shallowest = { VALDCO: 5, shallowSide: 0, deepSide: 9.1 }
  const of99 = contours.filter(({ id }) => id === 99 * 65_536 + 1)
  assert.deepEqual(
    of99.map(({ properties }) => ({ ...properties })),
    [{ ...shallowest, lowAccuracy: true }],
  )
  const others = contours.filter((each) => !of99.includes(each))
  assert.deepEqual(
    others.map((each) => [{ ...each.properties }, pathsOf(each).length]),
    [
      [shallowest, 2],
      [{ ...shallowest, lowAccuracy: true }, 1],
    ],
  )
  // Left and right of the contour, its depth areas meet without one; both stretches are one feature.
  assert.deepEqual(
    boundaries.map((each) => [{ ...each.properties }, pathsOf(each).length]),
    [[{ VALDCO: 9.1, valdcoPrev: 0, shallowSide: 0, deepSide: 9.1 }, 2]],
  )
})

test('a boundary has class and attributes but no texts, and never runs along the edge of the tile or of the cell', async () => {
  const attributes = { RESTRN: '1,7', CATREA: '4', OBJNAM: 'Sanctuary', INFORM: 'Keep out', SCAMIN: 90_000, SORIND: 'US' }
  const half = cellOf([area('RESARE', attributes, box(1_000, 1_000, 9_000, 9_000))], {
    ground: box(-16_384, -16_384, 3_000, 16_384),
  })
  const { area_lines: lines = [] } = await draw([half])
  assert.deepEqual(
    lines.map(({ properties }) => ({ ...properties })),
    [{ class: 'RESARE', RESTRN: '1,7', CATREA: '4', SCAMIN: 90_000 }],
  )
  // West and north side; the tile's buffer ends at 4,224 and the cell at 3,000. A run-up leads to where the buffer begins.
  assert.deepEqual(lines.flatMap(pathsOf), [
    [
      [1_000, 4_840],
      [1_000, 4_224],
      [1_000, 1_000],
      [3_000, 1_000],
    ],
  ])
})

test('a boundary is not drawn where a finer cell has cut its area', async () => {
  const restricted = area('RESARE', {}, box(1_000, 1_000, 3_000, 3_000))
  const fine = cellOf([], { name: 'XX5FINER', compilationScale: 20_000, ground: box(2_000, 0, 6_000, 5_000) })
  const { area_lines: lines } = await draw([fine, cellOf([restricted])])
  assert.ok(segmentsOf(lines).length > 0)
  for (const [a, b] of segmentsOf(lines)) assert.ok(a[0] !== 2_000 || b[0] !== 2_000, `${a} ${b}`)
})

test('an anchor has the properties of its area, its rank and its size', async () => {
  const attributes = { RESTRN: '1', OBJNAM: 'Sanctuary' }
  const cell = cellOf([area('RESARE', attributes, box(1_000, 1_000, 2_000, 2_000))])
  const { area_points: [point, ...others] = [] } = await draw([cell])
  assert.deepEqual(others, [])
  assert.deepEqual({ ...point!.properties }, { class: 'RESARE', ...attributes, rank: 0, size: 125 })
  assert.deepEqual(pathsOf(point!), [[[1_500, 1_500]]])
})

test('a large area has further anchors, at the same places in every tile and zoom', async () => {
  const cell = cellOf([area('RESARE', {}, box(-5_000, -5_000, 9_000, 9_000))])
  const positions = new Map<number, Set<string>>()
  for (const z of [11, 12]) {
    const shift = TILE.z - z
    const found = new Set<string>()
    for (const [dx, dy] of [
      [0, 0],
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
      [1, 1],
      [-1, 1],
      [1, -1],
      [-1, -1],
    ] as const) {
      const tile = { z, x: (TILE.x >> shift) + dx, y: (TILE.y >> shift) + dy }
      for (const point of (await draw([cell], tile)).area_points ?? []) {
        for (const [[x, y] = [0, 0]] of pathsOf(point)) {
          // Two units of zoom 12 are the precision of zoom 11.
          const place = [(tile.x * 4096 + x) * 2 ** shift, (tile.y * 4096 + y) * 2 ** shift].map((each) => Math.round(each / 8))
          found.add(`${place} ${point.properties.rank}`)
        }
      }
    }
    positions.set(z, found)
  }
  const [coarse, fine] = [positions.get(11)!, positions.get(12)!]
  assert.ok(coarse.size > 1 && fine.size > coarse.size, `${coarse.size} ${fine.size}`)
  for (const each of coarse) assert.ok(fine.has(each), each)
  assert.equal([...fine].filter((each) => each.endsWith(' 0')).length, 1)
})

test('anchors are drawn only on ground that their cell draws; further ones serve where the first is covered', async () => {
  const cell = cellOf([area('RESARE', {}, box(-9_000, -9_000, 9_000, 9_000))])
  const fine = cellOf([], { name: 'XX5FINER', compilationScale: 20_000, ground: box(-1_000, -1_000, 1_000, 1_000) })
  const { area_points: alone = [] } = await draw([cell])
  const { area_points: beside = [] } = await draw([fine, cell])
  const places = (points: readonly VectorTileFeature[]) => points.flatMap(pathsOf).flat().map(String).sort()
  assert.ok(places(alone).includes('0,0'))
  assert.deepEqual(
    places(beside),
    places(alone).filter((place) => place !== '0,0'),
  )
  assert.ok(beside.length > 0 && beside.every(({ properties }) => properties.rank === 1))
})

test('further anchors tell how far apart the anchors of their zoom are', async () => {
  const cell = cellOf([area('RESARE', {}, box(-9_000, -9_000, 9_000, 9_000))])
  // The first anchor is the corner of TILE.
  const { area_points: points = [] } = await draw([cell], { ...TILE, x: TILE.x + 1 })
  const further = points.filter(({ properties }) => properties.rank === 1)
  const spacings = new Set(further.map(({ properties }) => Number(properties.spacing)))
  assert.ok(spacings.size > 1 && [...spacings].every((each) => Number.isInteger(Math.log2(each / 300))), [...spacings].join())
  assert.ok(points.every(({ properties }) => properties.rank === 1 || properties.spacing === undefined))
  // Units from the first anchor: 8 in a pixel.
  for (const point of further) {
    for (const [[x, y] = [0, 0]] of pathsOf(point)) {
      const step = Number(point.properties.spacing) * 8
      for (const each of [x + 4096, y]) assert.ok(Math.abs(each - Math.round(each / step) * step) <= 2, `${x} ${y} ${step}`)
    }
  }
})

test('TileJSON lists the properties of contours, boundaries and anchors', async () => {
  const attributes = { RESTRN: '1', OBJNAM: 'Sanctuary', DATEND: '20300101' }
  const cell = cellOf([
    area('RESARE', attributes, box(1_000, 1_000, 2_000, 2_000), { edgeAttributes: { QUAPOS: 4 } }),
    area('OBSTRN', { VALSOU: 3, WATLEV: 3 }, box(2_000, 2_000, 3_000, 3_000)),
    area('LNDARE', { OBJNAM: 'Island' }, box(3_000, 3_000, 3_500, 3_500)),
    line(
      'COALNE',
      {},
      [
        [3_000, 3_000],
        [3_500, 3_000],
      ],
      { edgeAttributes: { QUAPOS: 2 } },
    ),
    line(
      'DEPCNT',
      { VALDCO: 5 },
      [
        [100, 100],
        [500, 500],
      ],
      { edgeAttributes: { QUAPOS: 2 } },
    ),
  ])
  const listed = new Map(describeTiles('', '1', '').vector_layers.map(({ id, fields }) => [id, fields]))
  const types = { string: 'String', number: 'Number', boolean: 'Boolean' } as Record<string, string>
  const layers = await draw([cell])
  for (const name of ['area_lines', 'area_points', 's57_coalne', 's57_depcnt']) {
    assert.ok(layers[name] !== undefined, name)
    for (const { properties } of layers[name]) {
      for (const [key, value] of Object.entries(properties))
        assert.equal(listed.get(name)?.[key], types[typeof value], `${name}.${key}`)
    }
  }
  for (const { properties } of layers.depth_boundaries ?? []) {
    for (const key of Object.keys(properties)) assert.equal(listed.get('depth_boundaries')?.[key], 'Number', key)
  }
  assert.deepEqual(listed.get('area_lines')?.OBJNAM, undefined)
})
