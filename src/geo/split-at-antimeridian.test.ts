import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { doubleArea, inPolygon, type Polygon, type Position } from './polygon.ts'
import { splitAtAntimeridian } from './split-at-antimeridian.ts'

function box(west: number, south: number, east: number, north: number): Position[] {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
}

const area = (polygons: readonly Polygon[]) =>
  polygons.reduce(
    (sum, [exterior, ...holes]) =>
      sum + Math.abs(doubleArea(exterior!)) - holes.reduce((h, hole) => h + Math.abs(doubleArea(hole)), 0),
    0,
  ) / 2

const longitudes = (polygons: readonly Polygon[]) => polygons.flat(2).map((position) => position[0]!)

test('a polygon within -180..180 is returned unchanged', () => {
  const polygon = [box(-180, 0, 180, 10), box(1, 1, 2, 2)]
  assert.deepEqual(splitAtAntimeridian(polygon), [polygon])
})

test('a polygon beyond 180 is moved into -180..180', () => {
  assert.deepEqual(splitAtAntimeridian([box(-219, 6, -217, 8)]), [[box(141, 6, 143, 8)]])
  assert.deepEqual(splitAtAntimeridian([box(181, 6, 183, 8)]), [[box(-179, 6, -177, 8)]])
  assert.deepEqual(splitAtAntimeridian([box(-190, 6, -180, 8)]), [[box(170, 6, 180, 8)]])
})

test('a polygon across the antimeridian is cut in two', () => {
  const parts = splitAtAntimeridian([box(-185, 0, -175, 10)])
  assert.equal(parts.length, 2)
  assert.equal(area(parts), 100)
  assert.ok(longitudes(parts).every((longitude) => Math.abs(longitude) >= 175 && Math.abs(longitude) <= 180))
})

test('a hole across the antimeridian opens, holes beside it stay holes', () => {
  const polygon = [box(170, 0, 190, 10), box(175, 4, 185, 6), box(171, 1, 172, 2), box(188, 8, 189, 9)]
  const parts = splitAtAntimeridian(polygon)
  assert.equal(parts.length, 2)
  assert.deepEqual(
    parts.map((part) => part.length),
    [2, 2],
  )
  assert.equal(area(parts), 200 - 20 - 2)
})

test('a comb across the antimeridian is cut into its teeth, without lines between them', () => {
  const comb = [
    [170, 0],
    [190, 0],
    [190, 2],
    [175, 2],
    [175, 4],
    [190, 4],
    [190, 6],
    [170, 6],
    [170, 0],
  ]
  const parts = splitAtAntimeridian([comb])
  assert.equal(parts.length, 3)
  assert.equal(area(parts), 20 * 6 - 15 * 2)
})

test('a polygon that only touches the antimeridian is not cut', () => {
  const triangle = [
    [170, 0],
    [180, 5],
    [170, 10],
    [170, 0],
  ]
  const parts = splitAtAntimeridian([triangle])
  assert.equal(parts.length, 1)
  const east = splitAtAntimeridian([
    [
      [190, 0],
      [190, 10],
      [180, 5],
      [190, 0],
    ],
  ])
  assert.equal(east.length, 1)
  assert.equal(area(east), 50)
})

test('splitting random stars keeps their area and their inside', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 1, max: 30, noNaN: true }), { minLength: 3, maxLength: 40 }),
      fc.double({ min: -200, max: 200, noNaN: true }),
      (radii, centre) => {
        const star: Position[] = radii.map((radius, i) => {
          const angle = (2 * Math.PI * i) / radii.length
          return [centre + radius * Math.cos(angle), radius * Math.sin(angle)]
        })
        star.push(star[0]!)
        const parts = splitAtAntimeridian([star])
        assert.ok(Math.abs(area(parts) - Math.abs(doubleArea(star)) / 2) < 1e-6)
        assert.ok(longitudes(parts).every((longitude) => longitude >= -180 - 1e-9 && longitude <= 180 + 1e-9))
        for (const [x, y] of [
          [centre + 0.3, 0.1],
          [centre - 7.3, 5.1],
          [centre + 11.7, -8.9],
        ] as const) {
          const normal = ((((x + 180) % 360) + 360) % 360) - 180
          const inside = parts.some((part) => inPolygon([normal, y], part))
          assert.equal(inside, inPolygon([x, y], [star]))
        }
      },
    ),
    { seed: 20260101, numRuns: 300 },
  )
})
