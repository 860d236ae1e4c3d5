import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cleanPolygon, withoutSpikes } from './clean-polygon.ts'
import { clipRingsToBox } from './clip-rings.ts'
import { findFault } from './find-fault.ts'
import { doubleGridArea, type GridPolygon, type GridRing, sideOfRings } from './grid.ts'

const ring = (...flat: number[]): GridRing =>
  Array.from({ length: flat.length / 2 }, (_, i) => ({ x: flat[2 * i]!, y: flat[2 * i + 1]! }))

function assertValid(polygons: readonly GridPolygon[]): void {
  for (const polygon of polygons) {
    assert.equal(findFault(polygon), null, JSON.stringify(polygon))
    polygon.forEach((each, i) => {
      assert.ok(each.length >= 3)
      assert.ok(i === 0 ? doubleGridArea(each) > 0 : doubleGridArea(each) < 0, 'winding')
    })
  }
}

test('cleanPolygon splits a bow tie, removes a spike and makes an island in a hole its own polygon', () => {
  assert.equal(cleanPolygon([ring(0, 0, 10, 10, 10, 0, 0, 10)]).length, 2)
  assert.deepEqual(withoutSpikes(ring(0, 0, 10, 0, 10, 10, 15, 15, 10, 10, 0, 10)), ring(0, 0, 10, 0, 10, 10, 0, 10))
  const square = (at: number, size: number) => ring(at, at, at + size, at, at + size, at + size, at, at + size)
  const nested = cleanPolygon([square(4, 2), square(0, 10), square(2, 6)])
  assert.deepEqual(
    nested.map((polygon) => polygon.length),
    [2, 1],
  )
  assertValid(nested)
})

test('cleanPolygon returns nothing for rings without area on the grid', () => {
  assert.deepEqual(cleanPolygon([ring(0, 0, 10, 0, 5, 0), ring(1, 1, 1, 1, 1, 1), ring(3, 3)]), [])
})

const point = fc.record({ x: fc.integer({ min: 0, max: 30 }), y: fc.integer({ min: 0, max: 30 }) })
const rings = fc.array(fc.array(point, { minLength: 3, maxLength: 25 }), { minLength: 1, maxLength: 4 })

test('cleanPolygon makes valid polygons of random rings and keeps their ground except for rounding', () => {
  fc.assert(
    fc.property(rings, (given) => {
      const polygons = cleanPolygon(given)
      assertValid(polygons)
      const flat = polygons.flat()
      for (let i = 0; i < 40; i++) {
        const [x, y] = [(i * 7.31 + 0.37) % 30, (i * 11.17 + 0.53) % 30]
        // Crossings are rounded to the grid, so only points away from every edge must keep their side.
        if (given.some((each) => nearEdge(x, y, each))) continue
        assert.equal(sideOfRings(x, y, flat), sideOfRings(x, y, given), `${x} ${y}`)
      }
    }),
    { numRuns: 300, seed: 20260501 },
  )
})

test('cleanPolygon makes valid polygons of random rings that were cut to a box', () => {
  const box = { left: 5, top: 5, right: 25, bottom: 20 }
  fc.assert(
    fc.property(rings, (given) => {
      const polygons = cleanPolygon(clipRingsToBox(given, box))
      assertValid(polygons)
      for (const { x, y } of polygons.flat(2)) assert.ok(x >= 5 && x <= 25 && y >= 5 && y <= 20)
    }),
    { numRuns: 300, seed: 20260502 },
  )
})

function nearEdge(x: number, y: number, each: GridRing): boolean {
  let a = each.at(-1)!
  for (const b of each) {
    const length = Math.hypot(b.x - a.x, b.y - a.y) || 1
    const t = Math.max(0, Math.min(1, ((x - a.x) * (b.x - a.x) + (y - a.y) * (b.y - a.y)) / (length * length)))
    if (Math.hypot(x - a.x - t * (b.x - a.x), y - a.y - t * (b.y - a.y)) < 1.5) return true
    a = b
  }
  return false
}
