import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { validate, version } from 'uuid'
import { tileWorldBox } from '#geo/tile-grid.ts'
import { latitudeOfY, longitudeOfX, WORLD, xOfLongitude, yOfLatitude } from '#geo/world.ts'
import { readCell } from '#s57/read-cell.ts'
import type { FeatureSpec } from '#s57/writer/cell-spec.ts'
import { boxRing, sampleCell, sampleFeatures } from '#test/cells.ts'
import { compiled, compiledSpec, partsOf } from '#test/compiled-cells.ts'
import { objectClassName } from '../format/catalogue-lookup.ts'
import { type CompiledCell, DANGER, FLAG, LIGHT, NO_DEPTH, NOWHERE, PART } from '../format/compiled-cell.ts'
import { attributesOf } from '../read/attribute-values.ts'
import { cellUuid, featureUuid } from '../read/cell-uuids.ts'
import { boxesInCell, featuresIn, soundingsIn } from '../read/query-compiled-cell.ts'
import { compileCell } from './compile-cell.ts'

function featuresOf(cell: CompiledCell, acronym: string): number[] {
  return [...cell.objectClass.keys()].filter((i) => objectClassName(cell.objectClass[i]!) === acronym)
}

function only(cell: CompiledCell, acronym: string): number {
  const found = featuresOf(cell, acronym)
  assert.equal(found.length, 1, acronym)
  return found[0]!
}

const shapeOf = (cell: CompiledCell, feature: number, zoom = 16) =>
  partsOf(cell, cell.partStart[feature]!, cell.partStart[feature + 1]!, zoom)

function area(ring: number[][]): number {
  return ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!
    return sum + (x! - ring[0]![0]!) * (nextY! - ring[0]![1]!) - (nextX! - ring[0]![0]!) * (y! - ring[0]![1]!)
  }, 0)
}

const point = (
  objectClass: string,
  at: readonly number[],
  attributes: NonNullable<FeatureSpec['attributes']> = {},
): FeatureSpec => ({
  objectClass,
  attributes,
  geometry: { type: 'Point', coordinates: [...at] },
})

const polygon = (
  objectClass: string,
  attributes: NonNullable<FeatureSpec['attributes']>,
  ...rings: number[][][]
): FeatureSpec => ({
  objectClass,
  attributes,
  geometry: { type: 'Polygon', coordinates: rings },
})

const cover = (box: readonly [number, number, number, number]) => polygon('M_COVR', { CATCOV: 1 }, boxRing(box))

test('a compiled cell has all features, attributes and geometry of the sample cell', () => {
  const cell = compiled(
    sampleCell({ edition: 7, updateNumber: 2, issueDate: '2026-02-01', updateApplicationDate: '2026-01-31', producer: 550 }),
  )
  const { name, edition, update, issueDate, updateDate, producer, usageBand, compilationScale, nativeZoom } = cell.header
  assert.deepEqual(
    { name, edition, update, issueDate, updateDate, producer, usageBand, compilationScale },
    {
      ...{ name: 'XX5SAMPL', edition: 7, update: 2, issueDate: '2026-02-01', updateDate: '2026-01-31' },
      ...{ producer: 550, usageBand: 5, compilationScale: 12_000 },
    },
  )
  assert.ok(Math.abs(nativeZoom - Math.log2((279_541_132 * Math.cos((40.05 * Math.PI) / 180)) / 12_000)) < 1e-3)
  assert.ok(Math.abs(longitudeOfX(cell.header.minX) - -30.1) < 1e-6)
  assert.ok(Math.abs(latitudeOfY(cell.header.maxY) - 40) < 1e-6)

  const buoy = only(cell, 'BOYLAT')
  assert.deepEqual(
    attributesOf(cell, buoy),
    new Map<string, unknown>([
      ['BOYSHP', 2],
      ['CATLAM', 1],
      ['COLOUR', [3]],
      ['OBJNAM', 'Sample Buoy 2'],
      ['SCAMIN', 59_999],
    ]),
  )
  assert.equal(cell.referenceTarget[cell.referenceStart[buoy]!], only(cell, 'LIGHTS'))
  assert.equal(cell.referenceRelation[cell.referenceStart[buoy]!], 2)
  assert.equal(cell.featureFlags[buoy], FLAG.scamin)
  assert.ok(Math.abs(cell.minZoom[buoy]! - (nativeZoom + Math.log2(12_000 / 59_999))) < 1e-4)
  const at = cell.pointStart[buoy]!
  assert.ok(Math.abs(longitudeOfX(cell.pointXY[at * 2]!) - -30.03) < 1e-6)
  assert.deepEqual(
    [...cell.objectClass],
    [...cell.objectClass].sort((a, b) => a - b),
    'class by class',
  )

  const soundings = soundingsIn(cell, tileWorldBox({ z: 0, x: 0, y: 0 }))
  assert.deepEqual(
    soundings.map((i) => cell.pointDepth[cell.indexedPoints[i]!]),
    [4_200, 17_500, 26_000],
  )
  assert.ok(soundings.every((i) => cell.indexedPointFeature[i] === only(cell, 'SOUNDG')))
  assert.equal(cell.pointDepth[at], NO_DEPTH)

  const [shallow, deep] = featuresOf(cell, 'DEPARE')
  assert.equal(shapeOf(cell, shallow!).length, 2, 'a ring and a hole')
  const [outer, hole] = shapeOf(cell, shallow!)
  assert.ok(area(outer!) > 0 && area(hole!) < 0)
  assert.equal(shapeOf(cell, deep!).length, 1)
  const coverage = partsOf(cell, ...cell.coverageParts, 16)
  assert.equal(coverage.length, 1)
  assert.ok(area(coverage[0]!) > 0)
  const onLimit = (feature: number) => cell.partKind[cell.partStart[feature]!] === PART.outer
  assert.ok(onLimit(shallow!))
})

test('compileCell gives the same bytes for the same cell', () => {
  const bytes = sampleCell()
  const [first, second] = [1, 2].map(() => compileCell(readCell({ name: 'XX5SAMPL.000', bytes })))
  assert.deepEqual(first, second)
})

test('featuresIn and soundingsIn return exactly what lies in a box', () => {
  const cell = compiled(sampleCell())
  const z = 13
  const [x, y] = [xOfLongitude(-30.03), yOfLatitude(40.05)].map((value) => Math.floor(value / 2 ** (30 - z)))
  const [here] = boxesInCell(cell, tileWorldBox({ z: z, x: x!, y: y! }))
  const found = featuresIn(cell, here!.box).map((i) => objectClassName(cell.objectClass[i]!))
  assert.ok(found.includes('BOYLAT') && found.includes('LIGHTS'))
  assert.ok(!found.includes('WRECKS') && !found.includes('LNDARE') && !found.includes('SOUNDG'))
  assert.deepEqual(boxesInCell(cell, tileWorldBox({ z: z, x: x! + 50, y: y! })), [])
})

test('UUIDs depend on the cell and the feature but not on the edition', () => {
  const [one, two] = [1, 2].map((edition) => compiled(sampleCell({ edition })))
  const buoy = only(one!, 'BOYLAT')
  assert.equal(featureUuid(one!, buoy), featureUuid(two!, buoy))
  assert.ok(validate(featureUuid(one!, buoy)) && version(featureUuid(one!, buoy)) === 5)
  assert.equal(new Set([...one!.objectClass.keys()].map((i) => featureUuid(one!, i))).size, one!.featureCount)
  assert.notEqual(cellUuid('XX5SAMPL'), cellUuid('XX5SAMPM'))
})

describe('depths', () => {
  const strip = (west: number, east: number): [number, number, number, number] => [west, 50, east, 51]
  test('besideDepth of a contour is the next shallower contour', () => {
    const contour = (at: number, depth: number): FeatureSpec => ({
      objectClass: 'DEPCNT',
      attributes: { VALDCO: depth },
      geometry: {
        type: 'LineString',
        coordinates: [
          [at, 50],
          [at, 51],
        ],
      },
    })
    const cell = compiledSpec({ features: [contour(0, 1.8), contour(1, 3.6), contour(2, 3.6), contour(3, 10)] })
    assert.deepEqual(
      featuresOf(cell, 'DEPCNT').map((i) => [cell.ownDepth[i], cell.besideDepth[i]]),
      [
        [1_800, NO_DEPTH],
        [3_600, 1_800],
        [3_600, 1_800],
        [10_000, 3_600],
      ],
    )
  })

  test('a depth boundary runs where depth areas meet without a contour, but not along the limit or beside drying heights', () => {
    const cell = compiledSpec({
      features: [
        cover([0, 50, 4, 51]),
        polygon('LNDARE', {}, boxRing(strip(0, 1))),
        polygon('DEPARE', { DRVAL1: -2, DRVAL2: 0 }, boxRing(strip(1, 2))),
        polygon('DEPARE', { DRVAL1: 5, DRVAL2: 10 }, boxRing(strip(2, 3))),
        polygon('DRGARE', { DRVAL1: 12.8 }, boxRing(strip(3, 4))),
      ],
    })
    const lines = featuresOf(cell, 'DEPARE').filter((i) => cell.featureFlags[i]! & FLAG.depthBoundary)
    assert.deepEqual(lines.map((i) => [cell.ownDepth[i], cell.besideDepth[i]]).sort(), [
      [12_800, 5_000],
      [5_000, -2_000],
    ])
    assert.ok(lines.every((i) => shapeOf(cell, i).length === 1))
  })

  test('a depth boundary beside land has no shallower side', () => {
    const features = [
      cover([0, 50, 2, 51]),
      polygon('LNDARE', {}, boxRing(strip(0, 1))),
      polygon('DEPARE', { DRVAL1: 20 }, boxRing(strip(1, 2))),
    ]
    const cell = compiledSpec({ features })
    const lines = featuresOf(cell, 'DEPARE').filter((i) => cell.featureFlags[i]! & FLAG.depthBoundary)
    assert.deepEqual(
      lines.map((i) => [cell.ownDepth[i], cell.besideDepth[i]]),
      [[20_000, NO_DEPTH]],
    )
  })

  test('a danger has its charted or assumed depth and that of its surroundings', () => {
    const water = polygon('DEPARE', { DRVAL1: 20, DRVAL2: 30 }, boxRing([0, 50, 1, 51]))
    const cases: [FeatureSpec, number, number, number][] = [
      [point('WRECKS', [0.5, 50.5], { VALSOU: 3.1, WATLEV: 3 }), DANGER.sounded, 3_100, 20_000],
      [point('WRECKS', [0.5, 50.5], { CATWRK: 2, WATLEV: 3 }), DANGER.assumed, 0, 20_000],
      [point('OBSTRN', [0.5, 50.5], { WATLEV: 3, EXPSOU: 1 }), DANGER.assumed, 20_000, 20_000],
      [point('UWTROC', [0.5, 50.5], { WATLEV: 5 }), DANGER.assumed, 0, 20_000],
      [point('OBSTRN', [0.5, 50.5], { WATLEV: 2 }), DANGER.dry, -15_000, 20_000],
      [point('UWTROC', [5, 50.5], { VALSOU: 1 }), DANGER.sounded, 1_000, NO_DEPTH],
    ]
    for (const [feature, dangerClass, own, beside] of cases) {
      const cell = compiledSpec({ features: [water, feature] })
      const index = only(cell, String(feature.objectClass))
      const found = [cell.dangerClass[index], cell.ownDepth[index], cell.besideDepth[index]]
      assert.deepEqual(found, [dangerClass, own, beside], JSON.stringify(feature.attributes))
    }
  })
})

test('pointZoom keeps the shallowest soundings at low zooms', () => {
  const near = [
    [0, 50, 9],
    [0.00001, 50, 3],
    [0.00002, 50, 6],
    [1, 50, 40],
  ]
  const cell = compiledSpec({ features: [{ objectClass: 'SOUNDG', geometry: { type: 'MultiPoint', coordinates: near } }] })
  const zooms = new Map([...cell.pointDepth].map((depth, i) => [depth, cell.pointZoom[i]!]))
  assert.ok(zooms.get(3_000)! < zooms.get(6_000)!)
  assert.equal(zooms.get(3_000), zooms.get(40_000))
  assert.ok(zooms.get(9_000)! > zooms.get(3_000)!)
})

test('sectors of lights are bearings from the light and get a ring number where they overlap', () => {
  const light = (attributes: NonNullable<FeatureSpec['attributes']>) => point('LIGHTS', [0, 50], attributes)
  const cell = compiledSpec({
    features: [
      light({ SECTR1: 10, SECTR2: 90, COLOUR: 3, VALNMR: 8 }),
      light({ SECTR1: 90, SECTR2: 200, COLOUR: 4, LITVIS: 3 }),
      light({ SECTR1: 350, SECTR2: 20, COLOUR: '1,3' }),
      light({ COLOUR: 1, VALNMR: 18 }),
      light({ COLOUR: 1, VALNMR: 5 }),
      light({ ORIENT: 45, CATLIT: 1, COLOUR: 6 }),
    ],
  })
  const { lights } = cell
  assert.deepEqual([...lights.kind], [LIGHT.sector, LIGHT.sector, LIGHT.sector, LIGHT.allRound, LIGHT.directional])
  assert.deepEqual([...lights.from], [190, 270, 170, 0, 225])
  assert.deepEqual([...lights.to], [270, 20, 200, 360, 225])
  assert.deepEqual([...lights.colour], [3, 4, 1, 1, 6])
  assert.deepEqual([...lights.faint], [0, 1, 0, 0, 0])
  assert.deepEqual([...lights.ring], [0, 0, 1, 0, 0])
  assert.deepEqual([lights.range[0], Number.isNaN(lights.range[1])], [8, true])
  assert.equal(cell.featureFlags[lights.feature[0]!]! & FLAG.sectors, FLAG.sectors)
  assert.equal(cell.featureFlags[lights.feature[3]!]! & FLAG.sectors, 0)
})

test('SCAMIN sets minZoom except for the skin of the earth and the display base', () => {
  const cell = compiledSpec({
    compilationScale: 20_000,
    features: [
      polygon('LNDARE', { SCAMIN: 5_000 }, boxRing([0, 59.5, 1, 60.5])),
      polygon('RESARE', {}, boxRing([0, 59.5, 1, 60.5])),
    ],
  })
  const land = only(cell, 'LNDARE')
  assert.deepEqual([cell.minZoom[land], cell.featureFlags[land]], [0, FLAG.group1 | FLAG.scamin])
  const expected = Math.log2((279_541_132 * Math.cos((60 * Math.PI) / 180)) / 80_000)
  assert.ok(Math.abs(cell.minZoom[only(cell, 'RESARE')]! - expected) < 0.01)
})

test('national texts, empty or non-numeric values and references to other cells are stored as specified', () => {
  const cell = compiledSpec({
    nationalLevel: 2,
    features: [
      {
        ...point('BUISGL', [0, 50], { OBJNAM: 'Tower', HEIGHT: '', ELEVAT: '12.5m', COLOUR: '1,3', INFORM: '0x10' }),
        nationalAttributes: { NOBJNM: 'Башня 塔' },
        references: [],
      },
    ],
  })
  const attributes = attributesOf(cell, 0)
  assert.equal(attributes.get('NOBJNM'), 'Башня 塔')
  assert.equal(attributes.get('HEIGHT'), null)
  assert.equal(attributes.get('ELEVAT'), null)
  assert.deepEqual(attributes.get('COLOUR'), [1, 3])
  assert.equal(attributes.get('INFORM'), '0x10')
  assert.notEqual(NOWHERE, cell.valueText[0])
})

describe('the antimeridian', () => {
  test('a cell across the antimeridian stays in one piece, from either side', () => {
    for (const turn of [0, -360]) {
      const box = [179.5 + turn, -17, 180.5 + turn, -16] as const
      const cell = compiledSpec({ features: [cover(box), ...sampleFeatures(box).slice(1)] })
      const { minX, maxX } = cell.header
      assert.ok(minX < WORLD && maxX > WORLD && maxX - minX < WORLD / 300, `${minX} ${maxX}`)
      const world = (z: number, longitude: number) => {
        const x = Math.floor(xOfLongitude(longitude) / 2 ** (30 - z))
        return boxesInCell(cell, tileWorldBox({ z, x, y: Math.floor(yOfLatitude(-16.5) / 2 ** (30 - z)) }))
      }
      assert.equal(world(9, 179.9).length, 1)
      assert.equal(world(9, -179.9)[0]?.turn, WORLD)
      assert.equal(world(9, 0).length, 0)
      assert.ok(featuresIn(cell, world(9, -179.9)[0]!.box).length > 0)
    }
  })

  test('features at both ends of the world are brought together', () => {
    const cell = compiledSpec({
      features: [
        cover([179, 50, 180, 51]),
        cover([-180, 50, -179, 51]),
        polygon('DEPARE', { DRVAL1: 5 }, boxRing([179, 50, 180, 51])),
        polygon('DEPARE', { DRVAL1: 5 }, boxRing([-180, 50, -179, 51])),
        point('BOYLAT', [-179.5, 50.5]),
      ],
    })
    assert.ok(cell.header.maxX - cell.header.minX < WORLD / 100)
    const buoy = cell.pointXY[cell.pointStart[only(cell, 'BOYLAT')]! * 2]!
    assert.ok(buoy > WORLD && buoy < cell.header.maxX)
  })

  test('a cell around the whole world lies within 0..WORLD', () => {
    const cell = compiledSpec({ features: [cover([-180, -60, 180, 60]), point('BOYLAT', [-200, 5])] })
    assert.deepEqual([cell.header.minX, cell.header.maxX], [0, WORLD])
  })
})
