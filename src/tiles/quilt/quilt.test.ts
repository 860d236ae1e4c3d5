import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boxRing, doubleGridArea, type GridRings, sideOfRings } from '#geo/overlay/grid.ts'
import { coverageOfParts, quilt } from './quilt.ts'

const box = { left: -10, top: -10, right: 110, bottom: 110 }
const rect = (left: number, top: number, right: number, bottom: number): GridRings => [boxRing({ left, top, right, bottom })]
const area = (rings: GridRings | null) =>
  rings === null ? 120 * 120 : Math.abs(rings.reduce((sum, ring) => sum + doubleGridArea(ring), 0)) / 2

test('a cell that covers the whole box takes it, and later cells are not read', () => {
  let asked = 0
  const everything = () => {
    asked++
    return coverageOfParts([rect(-50, -50, 200, 200)])
  }
  const { shares, open } = quilt(['a', 'b'], () => everything(), box)
  assert.deepEqual(
    shares.map(({ cell, area }) => [cell, area]),
    [['a', null]],
  )
  assert.deepEqual(open, [])
  assert.equal(asked, 1)
})

test('ground that the first cell leaves open goes to the next, and every point has one owner', () => {
  const coverages: Record<string, GridRings> = {
    fine: rect(0, 0, 40, 40),
    // A ring around the middle: a coverage with a hole.
    ring: [...rect(-10, -10, 80, 80), ...rect(20, 20, 60, 60)],
    coarse: rect(-100, -100, 100, 300),
    away: rect(500, 500, 600, 600),
  }
  const { shares, open } = quilt(['fine', 'away', 'ring', 'coarse'], (cell) => coverageOfParts([coverages[cell]!]), box)
  assert.deepEqual(
    shares.map(({ cell, area: rings }) => [cell, area(rings)]),
    [
      ['fine', 1600],
      ['ring', 90 * 90 - 1600 - (1600 - 400)],
      ['coarse', 110 * 120 - 90 * 90 + (1600 - 400)],
    ],
  )
  assert.equal(area(open), 10 * 120)
  for (let x = -9.5; x < 110; x += 7) {
    for (let y = -9.5; y < 110; y += 7) {
      const owners = shares.filter((share) => sideOfRings(x, y, share.area!) === 'inside')
      assert.equal(owners.length, x < 100 ? 1 : 0, `${x} ${y}`)
    }
  }
})

test('a coverage whose ring crosses itself still takes ground', () => {
  const bowTie = [
    [
      { x: 0, y: 0 },
      { x: 100, y: 100 },
      { x: 100, y: 0 },
      { x: 0, y: 100 },
    ],
  ]
  const { shares } = quilt(['odd'], () => coverageOfParts([bowTie]), box)
  assert.equal(area(shares[0]!.area), 5000)
})

test('a box without coverage stays open', () => {
  assert.deepEqual(
    quilt([], () => coverageOfParts([]), box),
    { shares: [], open: null },
  )
  assert.deepEqual(
    quilt(['empty'], () => coverageOfParts([]), box),
    { shares: [], open: null },
  )
})

test('a cell smaller than a unit gets a share and takes no ground from later cells', () => {
  const { shares, open } = quilt(
    ['harbour', 'coast'],
    (cell) => coverageOfParts([cell === 'harbour' ? rect(50, 50, 50, 50) : rect(0, 0, 100, 100)]),
    box,
  )
  assert.deepEqual(
    shares.map(({ cell, area: rings }) => [cell, area(rings)]),
    [
      ['harbour', 1],
      ['coast', 100 * 100],
    ],
  )
  assert.equal(area(open), 120 * 120 - 100 * 100)
})

test('a speck on ground that an earlier cell has taken gets no share, also where an edge of the open ground comes near', () => {
  const coast = [
    [
      { x: -10, y: -10 },
      { x: 110, y: -10 },
      { x: -10, y: 110 },
    ],
  ]
  const places: Record<string, GridRings> = { coast, taken: rect(20, 20, 20, 20), open: rect(90, 90, 90, 90) }
  const { shares } = quilt(['coast', 'taken', 'open'], (cell) => coverageOfParts([places[cell]!]), box)
  assert.deepEqual(
    shares.map(({ cell }) => cell),
    ['coast', 'open'],
  )
})

test('a cell seen on both sides of the antimeridian is not taken for a band between them', () => {
  const parts = [rect(-10, 50, -8, 52), rect(108, 50, 110, 52)]
  const middle = rect(20, 0, 80, 100)
  const sides = quilt(['both', 'middle'], (cell) => coverageOfParts(cell === 'both' ? parts : [middle]), box)
  assert.deepEqual(
    sides.shares.map(({ area: rings }) => area(rings)),
    [8, 6_000],
  )
  let read = 0
  const covered = quilt(
    ['edges', 'both'],
    (cell) => {
      if (cell === 'edges') return coverageOfParts([rect(-10, -10, 0, 110), rect(100, -10, 110, 110)])
      const { extents, rings } = coverageOfParts(parts)
      return {
        extents,
        rings: () => {
          read++
          return rings()
        },
      }
    },
    box,
  )
  assert.equal(covered.shares.length, 1)
  assert.equal(read, 0, 'the coverage of a cell on taken ground is not read')
})
