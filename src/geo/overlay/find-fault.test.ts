import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findFault } from './find-fault.ts'
import type { GridRing } from './grid.ts'

const ring = (...flat: number[]): GridRing =>
  Array.from({ length: flat.length / 2 }, (_, i) => ({ x: flat[2 * i]!, y: flat[2 * i + 1]! }))
const square = (x: number, y: number, size: number) => ring(x, y, x + size, y, x + size, y + size, x, y + size)

for (const [title, rings, fault] of [
  ['a square', [square(0, 0, 10)], null],
  ['a hole', [square(0, 0, 10), square(2, 2, 3)], null],
  ['a hole that touches its outline in a vertex of both', [square(0, 0, 10), ring(0, 0, 3, 5, 5, 3)], null],
  ['a hole that touches twice', [square(0, 0, 10), ring(0, 0, 6, 5, 10, 10, 5, 6)], 'touching'],
  ['a hole that touches an edge with a vertex', [square(0, 0, 10), ring(0, 5, 3, 3, 3, 7)], 'touching'],
  ['a hole that reaches out', [square(0, 0, 10), square(8, 2, 4)], 'crossing'],
  ['a hole along the outline', [square(0, 0, 10), square(0, 2, 4)], 'crossing'],
  ['a bow tie', [ring(0, 0, 10, 10, 10, 0, 0, 10)], 'crossing'],
  ['a bow tie tied in a vertex', [ring(0, 0, 5, 5, 0, 10, 10, 10, 5, 5, 10, 0)], 'touching'],
  ['a spike', [ring(0, 0, 10, 0, 10, 10, 15, 15, 10, 10, 0, 10)], 'crossing'],
] as const) {
  test(`findFault: ${title} has ${fault === null ? 'no fault' : `the fault ${fault}`}`, () => {
    assert.equal(findFault([...rings]), fault)
  })
}

test('findFault finds one crossing among 400 edges', () => {
  // A comb of 200 teeth, one of which crosses its neighbour.
  const comb: GridRing = [{ x: 0, y: 0 }]
  for (let i = 0; i < 200; i++) comb.push({ x: i * 10, y: 100 }, { x: i * 10 + 5, y: 20 })
  comb.push({ x: 2000, y: 0 })
  assert.equal(findFault([comb]), null)
  const crossed = comb.map((point, i) => (i === 101 ? { x: point.x + 12, y: point.y } : point))
  assert.equal(findFault([crossed]), 'crossing')
})
