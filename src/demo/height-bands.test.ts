import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cutBands, type HeightBand } from './height-bands.ts'
import type { HeightGrid } from './height-grid.ts'
import { signedArea } from './link-edges.ts'

/** A grid with a unit between its corners, and the heights given from the south. */
function gridOf(rows: number[][]): HeightGrid {
  const columns = rows[0]!.length
  return {
    box: [0, 0, columns - 1, rows.length - 1],
    columns,
    rows: rows.length,
    heights: Float64Array.from(rows.flat()),
    position: (corner) => [corner % columns, Math.floor(corner / columns)],
  }
}

const areaOf = ({ polygons }: HeightBand) => polygons.flat().reduce((sum, ring) => sum + signedArea(ring), 0) / 2

const hill = gridOf([
  [-9, -9, -9, -9, -9],
  [-9, -1, -1, -1, -9],
  [-9, -1, 7, -1, -9],
  [-9, -1, -1, -1, -9],
  [-9, -9, -9, -9, -9],
])

test('cutBands nests the bands of a hill, each with the next one as its hole', () => {
  const bands = cutBands(hill, [-5, 0])
  assert.deepEqual(
    bands.map(({ low, high, polygons }) => [low, high, polygons.map((rings) => rings.length)]),
    [
      [null, -5, [2]],
      [-5, 0, [2]],
      [0, null, [1]],
    ],
  )
  assert.deepEqual(
    bands.map(({ contours }) => contours.map((line) => line[0]?.join() === line.at(-1)?.join())),
    [[], [true], [true]],
  )
})

test('bands fill the grid exactly, even at a saddle', () => {
  const saddle = gridOf([
    [5, -5, 5, -5],
    [-5, 5, -5, 5],
    [5, -5, 5, -5],
  ])
  for (const grid of [hill, saddle]) {
    const bands = cutBands(grid, [-6, -3, 0, 3, 6])
    const total = bands.reduce((sum, band) => sum + areaOf(band), 0)
    assert.ok(Math.abs(total - (grid.columns - 1) * (grid.rows - 1)) < 1e-9, `${total}`)
    for (const band of bands) assert.ok(areaOf(band) >= 0)
  }
})

test('neighbouring bands share the vertices of their contour, and contours end at the rim', () => {
  const slope = gridOf([
    [1, 3, 5, 9],
    [2, 3, 6, 9],
    [1, 4, 7, 9],
  ])
  const [below, above] = cutBands(slope, [4.5])
  const contour = above!.contours[0]!
  const keys = (band: HeightBand) => new Set(band.polygons.flat(2).map((position) => position.join()))
  for (const position of contour) {
    assert.ok(keys(below!).has(position.join()))
    assert.ok(keys(above!).has(position.join()))
  }
  assert.equal(above!.contours.length, 1)
  assert.deepEqual([contour[0]?.[1], contour.at(-1)?.[1]].toSorted(), [0, 2])
})

test('the rim of the grid has only vertices at corners and ends of contours', () => {
  const [flat] = cutBands(gridOf(Array.from({ length: 6 }, () => [1, 1, 1, 1, 1])), [0]).slice(1)
  assert.equal(flat?.polygons[0]?.[0]?.length, 5)
})
