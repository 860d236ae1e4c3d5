import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CoveredCell, visibleGround } from '#test/visible-ground.ts'

// The long run over real charts and a real server: npm run check-etags.

const window = { left: -100, top: -100, right: 1_100, bottom: 1_100 }
/** A world of 10,000 units, seen from (2,000, 3,000). */
const grid = { across: 10_000, x: 2_000, y: 3_000 }

/** Around points in units of the window. */
const area = (covered: boolean, ...rings: [number, number][][]) => ({
  covered,
  rings: rings.map((ring) => [...ring, ring[0]!].map(([x, y]) => [(x + 2_000) / 10_000, (y + 3_000) / 10_000] as const)),
})
const box = (left: number, top: number, right: number, bottom: number): [number, number][] => [
  [left, top],
  [right, top],
  [right, bottom],
  [left, bottom],
]
const cell = (...areas: CoveredCell['areas']): CoveredCell => ({ areas })

/** Areas in whole units, in the order of the cells. */
function areasOf(cells: readonly CoveredCell[]): number[] {
  const ground = visibleGround(cells, window, grid)
  return cells.map((each) => Math.round(ground.get(each)?.area ?? 0))
}

test('the first cell gets all it covers of the window, the next cell what is left', () => {
  const fine = cell(area(true, box(0, 0, 400, 400)))
  const coarse = cell(area(true, box(-500, -500, 500, 2_000)))
  const elsewhere = cell(area(true, box(2_000, 0, 2_100, 100)))
  assert.deepEqual(areasOf([fine, coarse, elsewhere]), [160_000, 600 * 1_200 - 160_000, 0])
  assert.deepEqual(areasOf([coarse, fine]), [600 * 1_200, 0])
})

test('holes, areas without coverage and slanted sides that cross are measured exactly', () => {
  const diamond: [number, number][] = [
    [500, 0],
    [1_000, 500],
    [500, 1_000],
    [0, 500],
  ]
  const ring = cell(area(true, box(0, 0, 1_000, 1_000), box(400, 400, 600, 600)))
  assert.deepEqual(areasOf([ring]), [1_000_000 - 40_000])
  const without = cell(area(true, box(0, 0, 1_000, 1_000)), area(false, box(900, 900, 1_100, 1_100)))
  assert.deepEqual(areasOf([without]), [1_000_000 - 10_000])
  assert.deepEqual(areasOf([cell(area(true, diamond)), cell(area(true, box(0, 0, 1_000, 1_000)))]), [500_000, 500_000])
})

test('a cell that extends beyond the antimeridian is visible from the other side', () => {
  const world = { across: 10_000, x: 0, y: 0 }
  const far = cell({
    covered: true,
    rings: [
      [
        [0.99, 0.01],
        [1.02, 0.01],
        [1.02, 0.02],
        [0.99, 0.02],
        [0.99, 0.01],
      ],
    ],
  })
  assert.equal(Math.round(visibleGround([far], window, world).get(far)?.area ?? 0), 300 * 100)
})

test('a sliver that rounding could remove is not clear', () => {
  const [thin, thick] = [cell(area(true, box(0, 0, 1_000, 2))), cell(area(true, box(0, 0, 1_000, 6)))]
  assert.equal(visibleGround([thin], window, grid).get(thin)?.isClear, false)
  assert.equal(visibleGround([thick], window, grid).get(thick)?.isClear, true)
  // The width of what is left counts, not the width of the cell.
  const under = cell(area(true, box(0, 0, 1_000, 7)))
  assert.equal(visibleGround([thick, under], window, grid).get(under)?.isClear, false)
})
