import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createOverlapTest, type Shape } from './shape-overlap.ts'

const square = (minX: number, minY: number, maxX: number, maxY: number) =>
  Int32Array.of(minX, minY, maxX, minY, maxX, maxY, minX, maxY)
const shape = (kind: Shape['kind'], ...paths: (Int32Array | number[])[]): Shape => ({
  kind,
  paths: paths.map((path) => Int32Array.from(path)),
})

const RING = square(0, 0, 100, 100)
const HOLE = square(40, 40, 60, 60)

for (const [name, given, expected] of [
  ['a point inside', shape('point', [10, 10]), true],
  ['a point on the border', shape('point', [100, 50]), true],
  ['a point on a corner', shape('point', [0, 0]), true],
  ['a point in the hole', shape('point', [50, 50]), false],
  ['a point level with a corner', shape('point', [-10, 0]), false],
  ['a point outside', shape('point', [101, 50]), false],
  ['a line through it', shape('line', [-10, 50, 110, 50]), true],
  ['a line along the border', shape('line', [100, 10, 100, 90]), true],
  ['a line that ends on the border', shape('line', [100, 50, 200, 50]), false],
  ['a line inside', shape('line', [10, 10, 20, 20]), true],
  ['a line in the hole', shape('line', [45, 45, 55, 55]), false],
  ['an area inside', shape('area', square(10, 10, 20, 20)), true],
  ['an area around it', shape('area', square(-10, -10, 110, 110)), true],
  ['the same area', shape('area', RING), true],
  ['an area in the hole', shape('area', square(45, 45, 55, 55)), false],
  ['an area that fills the hole', shape('area', HOLE), false],
  ['an area with the border in common', shape('area', square(100, 0, 200, 100)), false],
  ['an area with half a border in common', shape('area', square(100, 20, 200, 60)), false],
  ['an area that shares a corner', shape('area', square(100, 100, 200, 200)), false],
  ['an area across the border', shape('area', square(90, 20, 200, 60)), true],
  ['a strip across it', shape('area', square(-10, 10, 110, 20)), true],
  ['a strip from border to border', shape('area', square(0, 10, 100, 20)), true],
  ['an area whose own hole is around it', shape('area', square(-50, -50, 150, 150), square(-10, -10, 110, 110)), false],
] as const) {
  test(`${name} ${expected ? 'overlaps' : 'does not overlap'} an area with a hole`, () => {
    assert.equal(createOverlapTest()(given, [RING, HOLE]), expected)
  })
}

test('areas overlap in either order, and exactly when their boxes do', () => {
  const box = fc
    .record({ x: fc.nat(20), y: fc.nat(20), width: fc.integer({ min: 1, max: 10 }), height: fc.integer({ min: 1, max: 10 }) })
    .map(({ x, y, width, height }) => ({ minX: x, minY: y, maxX: x + width, maxY: y + height }))
  fc.assert(
    fc.property(box, box, (a, b) => {
      const [first, second] = [a, b].map(({ minX, minY, maxX, maxY }) => square(minX, minY, maxX, maxY))
      const expected = a.minX < b.maxX && b.minX < a.maxX && a.minY < b.maxY && b.minY < a.maxY
      const overlaps = createOverlapTest()
      assert.equal(overlaps(shape('area', first!), [second!]), expected)
      assert.equal(overlaps(shape('area', second!), [first!]), expected)
    }),
  )
})

type Corner = readonly [number, number]

/** Whether the interiors of two triangles meet: no line along a side of one has them on different sides. */
function trianglesMeet(a: readonly Corner[], b: readonly Corner[]): boolean {
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    for (const [i, [x, y]] of one.entries()) {
      const [nextX, nextY] = one[(i + 1) % 3]!
      const side = ([px, py]: Corner) => (nextX - x) * (py - y) - (nextY - y) * (px - x)
      const own = Math.sign(side(one[(i + 2) % 3]!))
      if (other.every((corner) => side(corner) * own <= 0)) return false
    }
  }
  return true
}

test('triangles overlap exactly when no line separates them', () => {
  const corner = fc.tuple(fc.nat(12), fc.nat(12))
  const triangle = fc.tuple(corner, corner, corner).filter(([[ax, ay], [bx, by], [cx, cy]]) => {
    return (bx - ax) * (cy - ay) !== (by - ay) * (cx - ax)
  })
  fc.assert(
    fc.property(triangle, triangle, (a, b) => {
      assert.equal(createOverlapTest()(shape('area', a.flat()), [Int32Array.from(b.flat())]), trianglesMeet(a, b))
    }),
    { numRuns: 2_000 },
  )
})
