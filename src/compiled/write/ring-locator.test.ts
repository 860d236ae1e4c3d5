import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createRingLocator } from './ring-locator.ts'

const coordinate = fc.integer({ min: -20, max: 20 })
const ring = fc
  .array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 60 })
  .map((positions) => Int32Array.from(positions.flat()))

test('bands of edges give the same answers as a scan of each ring', () => {
  fc.assert(
    fc.property(
      fc.array(ring, { minLength: 1, maxLength: 4 }),
      fc.array(fc.tuple(coordinate, coordinate)),
      (rings, positions) => {
        const locator = createRingLocator(rings)
        for (const [x, y] of positions) {
          const crossed = rings.flatMap((each) => crossings(each, x, y))
          const places = rings.map((each) => (isOnBorder(each, x, y) ? 'border' : 'off'))
          if (places.includes('border')) assert.equal(locator.locate(x, y), 0)
          else assert.equal(locator.locate(x, y), crossed.filter(Boolean).length % 2 === 1 ? 1 : -1)
        }
      },
    ),
    { numRuns: 500, seed: 1 },
  )
})

test('a ring of long edges takes memory in proportion to its edges', () => {
  const positions: number[] = []
  for (let i = 0; i < 20_000; i++) positions.push(i, i % 2 === 0 ? 0 : 1_000_000)
  const locator = createRingLocator([Int32Array.from([...positions, 19_999, -10, 0, -10])])
  assert.ok(locator.cost <= 20_003, `${locator.cost} edges for an answer`)
  assert.equal(locator.locate(10_000, -5), 1)
  assert.equal(locator.locate(-1, 500_000), -1)
})

/** Whether each edge of a ring crosses the ray towards greater x, by exact integers. */
function crossings(ring: Int32Array, x: number, y: number): boolean[] {
  return edges(ring).map(([ax, ay, bx, by]) => {
    if (ay > y === by > y) return false
    const side = BigInt(bx - ax) * BigInt(y - ay) - BigInt(by - ay) * BigInt(x - ax)
    return by > ay ? side > 0n : side < 0n
  })
}

function isOnBorder(ring: Int32Array, x: number, y: number): boolean {
  return edges(ring).some(([ax, ay, bx, by]) => {
    const isOnLine = (bx - ax) * (y - ay) === (by - ay) * (x - ax)
    return isOnLine && x >= Math.min(ax, bx) && x <= Math.max(ax, bx) && y >= Math.min(ay, by) && y <= Math.max(ay, by)
  })
}

function edges(ring: Int32Array): [number, number, number, number][] {
  return Array.from({ length: ring.length / 2 }, (_, i) => {
    const next = (i * 2 + 2) % ring.length
    return [ring[i * 2] ?? 0, ring[i * 2 + 1] ?? 0, ring[next] ?? 0, ring[next + 1] ?? 0]
  })
}
