import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cutRings } from './cut-rings.ts'
import { findFault } from './find-fault.ts'
import { type GridRing, sideOfRings } from './grid.ts'

const ring = (...flat: number[]): GridRing =>
  Array.from({ length: flat.length / 2 }, (_, i) => ({ x: flat[2 * i]!, y: flat[2 * i + 1]! }))

test('cutRings keeps a corner of the box that the ring goes around', () => {
  const rings = [ring(1516, 475, -3058, 475, -3058, -224, -3058, -2013, 6323, 475)]
  const cut = cutRings(rings, { left: -128, top: -128, right: 4224, bottom: 4224 })
  assert.equal(sideOfRings(-100, -100, cut), 'inside')
})

test('cutRings separates the teeth of a comb and opens a hole on the cut, without overlapping edges', () => {
  const comb = ring(0, 0, 100, 0, 100, 10, 20, 10, 20, 20, 100, 20, 100, 30, 0, 30)
  const teeth = cutRings([comb], { left: 50, top: -50, right: 200, bottom: 200 })
  assert.equal(teeth.length, 2)
  const open = cutRings([ring(0, 0, 100, 0, 100, 100, 0, 100), ring(40, 40, 60, 40, 60, 60, 40, 60)], {
    left: 50,
    top: 0,
    right: 100,
    bottom: 100,
  })
  assert.equal(open.length, 1)
  assert.equal(findFault(open), null)
})

const point = fc.record({ x: fc.integer({ min: -40, max: 40 }), y: fc.integer({ min: -40, max: 40 }) })
const rings = fc.array(fc.array(point, { minLength: 3, maxLength: 20 }), { minLength: 1, maxLength: 3 })

test('cutRings keeps the ground inside the box and leaves nothing outside', () => {
  const box = { left: -15, top: -12, right: 18, bottom: 20 }
  fc.assert(
    fc.property(rings, (given) => {
      const cut = cutRings(given, box)
      for (const { x, y } of cut.flat()) assert.ok(x >= box.left && x <= box.right && y >= box.top && y <= box.bottom)
      for (let i = 0; i < 60; i++) {
        const x = box.left + ((i * 7.31 + 0.37) % (box.right - box.left))
        const y = box.top + ((i * 11.17 + 0.53) % (box.bottom - box.top))
        if (given.some((each) => isNear(x, y, each))) continue
        assert.equal(sideOfRings(x, y, cut), sideOfRings(x, y, given), `${x} ${y}`)
      }
    }),
    { numRuns: 300, seed: 20260503 },
  )
})

/** Whether a point is so near an edge that rounding may have moved the edge across it. */
function isNear(x: number, y: number, each: GridRing): boolean {
  let a = each.at(-1)!
  for (const b of each) {
    const t = ((x - a.x) * (b.x - a.x) + (y - a.y) * (b.y - a.y)) / ((b.x - a.x) ** 2 + (b.y - a.y) ** 2 || 1)
    const within = Math.max(0, Math.min(1, t))
    if (Math.hypot(x - a.x - within * (b.x - a.x), y - a.y - within * (b.y - a.y)) < 1.5) return true
    a = b
  }
  return false
}
