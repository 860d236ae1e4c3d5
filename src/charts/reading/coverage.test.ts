import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { doubleArea } from '#geo/polygon.ts'
import type { Feature } from '#s57/cell.ts'
import { fromGeoJson } from '#s57/packed-geometry.ts'
import { coverageOf, coverageOfGround } from './coverage.ts'

type Ring = number[][]

function box(west: number, south: number, east: number, north: number): Ring {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
}

const hole = (...corners: [number, number, number, number]): Ring => box(...corners).reverse()

function area(category: string | null, ...rings: Ring[]): Feature {
  return {
    recordId: 1,
    agency: 550,
    featureId: 1,
    featureSubdivision: 1,
    objectClass: 302,
    acronym: 'M_COVR',
    primitive: 'area',
    attributes: new Map(category === null ? [] : [['CATCOV', category]]),
    nationalAttributes: new Map(),
    geometry: rings.length === 0 ? null : fromGeoJson({ type: 'Polygon', coordinates: rings as number[][][] }),
    isInaccuratePoint: false,
    references: [],
  }
}

/** Each polygon as its rings' bounds: enough to tell the boxes of these tests apart. */
function shape(features: Feature[]) {
  const coverage = coverageOf(features)
  assert.ok(coverage !== null)
  const bounds = (ring: Ring) => [
    Math.min(...ring.map((p) => p[0]!)),
    Math.min(...ring.map((p) => p[1]!)),
    Math.max(...ring.map((p) => p[0]!)),
    Math.max(...ring.map((p) => p[1]!)),
  ]
  return {
    polygons: coverage.area.coordinates.map((polygon) => polygon.map(bounds)),
    box: coverage.box,
    warnings: coverage.warnings,
  }
}

test('coverageOf returns a covered area (CATCOV 1)', () => {
  assert.deepEqual(shape([area('1', box(0, 0, 10, 10))]), { polygons: [[[0, 0, 10, 10]]], box: [0, 0, 10, 10], warnings: [] })
})

test('coverageOf returns null without a coverage area', () => {
  assert.equal(coverageOf([]), null)
  assert.equal(coverageOf([area('2', box(0, 0, 1, 1))]), null)
})

describe('an area without coverage', () => {
  const cases: [title: string, features: Feature[], polygons: number[][][]][] = [
    ['beside the covered one changes nothing', [area('1', box(0, 0, 10, 10)), area('2', box(10, 0, 20, 10))], [[[0, 0, 10, 10]]]],
    ['far away changes nothing', [area('1', box(0, 0, 10, 10)), area('2', box(50, 0, 60, 10))], [[[0, 0, 10, 10]]]],
    [
      'that fills a hole already cut changes nothing',
      [area('1', box(0, 0, 10, 10), hole(4, 4, 6, 6)), area('2', box(4, 4, 6, 6))],
      [
        [
          [0, 0, 10, 10],
          [4, 4, 6, 6],
        ],
      ],
    ],
    [
      'on top of the covered one is cut out',
      [area('2', box(4, 4, 6, 6)), area('1', box(0, 0, 10, 10))],
      [
        [
          [0, 0, 10, 10],
          [4, 4, 6, 6],
        ],
      ],
    ],
    [
      'with an island of coverage in it leaves the island',
      [area('1', box(0, 0, 10, 10)), area('2', box(2, 2, 8, 8), hole(4, 4, 6, 6))],
      [
        [
          [0, 0, 10, 10],
          [2, 2, 8, 8],
        ],
        [[4, 4, 6, 6]],
      ],
    ],
    [
      'equal to one of the covered areas removes it',
      [area('1', box(0, 0, 9, 9)), area('1', box(20, 0, 29, 9)), area('2', box(20, 0, 29, 9))],
      [[[0, 0, 9, 9]]],
    ],
  ]
  for (const [title, features, polygons] of cases) {
    test(title, () => {
      const found = shape(features)
      assert.deepEqual(found.polygons, polygons)
      assert.deepEqual(found.warnings, [])
    })
  }

  test('that overlaps in part is left covered, with a warning', () => {
    const found = shape([area('1', box(0, 0, 10, 10)), area('2', box(5, 5, 15, 9))])
    assert.deepEqual(found.polygons, [[[0, 0, 10, 10]]])
    assert.match(found.warnings.join(), /overlaps a covered one in part/)
  })
})

describe('covered areas that overlap', () => {
  const areaOf = (features: Feature[]) => {
    const { area: found } = coverageOf(features) ?? { area: { coordinates: [] } }
    return found.coordinates.flat().reduce((sum, ring) => sum + doubleArea(ring) / 2, 0)
  }
  const near = (features: Feature[], expected: number) => {
    const found = areaOf(features)
    assert.ok(Math.abs(found - expected) < 1e-4, `${found} instead of ${expected}`)
  }

  test('count once where they are equal', () => {
    assert.deepEqual(shape([area('1', box(0, 0, 10, 10)), area('1', box(0, 0, 10, 10))]).polygons, [[[0, 0, 10, 10]]])
  })

  test('count once where one lies on another in part', () => {
    near([area('1', box(0, 0, 10, 10)), area('1', box(5, 5, 15, 15))], 175)
  })

  test('count once where one lies within another', () => {
    near([area('1', box(0, 0, 10, 10)), area('1', box(2, 2, 4, 4))], 100)
    near([area('1', box(2, 2, 4, 4)), area('1', box(0, 0, 10, 10))], 100)
  })

  test('fill the holes of each other', () => {
    near([area('1', box(0, 0, 10, 10), hole(4, 4, 6, 6)), area('1', box(3, 3, 7, 7))], 100)
  })

  test('count once in three', () => {
    near([area('1', box(0, 0, 6, 6)), area('1', box(4, 0, 10, 6)), area('1', box(2, 2, 8, 8))], 72)
  })

  test('stay as they are where they only touch, even with positions of one alone on the common edge', () => {
    const east = [...box(10, 0, 20, 10)]
    east.splice(4, 0, [10.000_000_1, 5])
    const found = coverageOf([area('1', box(0, 0, 10, 10)), area('1', east)])
    assert.deepEqual(
      found?.area.coordinates.map(([ring]) => ring?.length),
      [5, 6],
    )
  })

  test('of group 1 count once in the ground of a cell without M_COVR', () => {
    const extent = { west: 0, south: 0, east: 10, north: 10 }
    const { area: ground } = coverageOfGround([area(null, box(0, 0, 10, 10)), area(null, box(0, 0, 10, 10))], extent, [])
    assert.equal(ground.coordinates.length, 1)
  })

  test('are the coverage when an area without coverage lies on all of them', () => {
    const found = shape([area('1', box(0, 0, 10, 10)), area('2', box(0, 0, 10, 10))])
    assert.deepEqual(found.polygons, [[[0, 0, 10, 10]]])
    assert.deepEqual(found.warnings, ['areas without coverage lie on all covered ones; the covered ones are taken as covered'])
  })
})

test('longitudes beyond -180 are cut and moved, the box crosses the antimeridian', () => {
  const found = shape([area('1', box(-193, 48, -170, 62), hole(-182, 50, -178, 52), hole(-190, 50, -189, 51))])
  assert.deepEqual(found.polygons, [
    [
      [167, 48, 180, 62],
      [170, 50, 171, 51],
    ],
    [[-180, 48, -170, 62]],
  ])
  assert.deepEqual(found.box, [167, 48, -170, 62])
})

test('exterior rings run counter-clockwise and holes clockwise, whatever the file has', () => {
  const coverage = coverageOf([area('1', box(0, 0, 10, 10).reverse()), area('2', box(4, 4, 6, 6))])
  const [exterior, cutOut] = coverage?.area.coordinates[0] ?? []
  assert.ok(doubleArea(exterior ?? []) > 0)
  assert.ok(doubleArea(cutOut ?? []) < 0)
})

test('a strange category or a missing geometry is a warning', () => {
  const found = shape([area('1', box(0, 0, 1, 1)), area(null, box(2, 0, 3, 1)), area('7', box(4, 0, 5, 1)), area('1')])
  assert.equal(found.polygons.length, 3)
  assert.equal(found.warnings.length, 3)
})
