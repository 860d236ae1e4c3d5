import { metresPerDegree } from '#geo/ellipsoid-distance.ts'
import { latitudeOfY, WORLD, type WorldBox } from '#geo/world.ts'
import type { DepthRequest } from './depth-answer.ts'

/** The stretches of a piece with the ground around them, in the coordinates of a cell. */
export interface Corridor {
  readonly count: number
  /** Ends of each stretch: x, y, x, y. */
  readonly ends: Float64Array
  /** Square of the distance in world units within which things count. */
  readonly reach2: Float64Array
  /** Around all stretches, with their reach. */
  readonly box: WorldBox
  /** Calls with each stretch whose box, with its reach, may meet a box. */
  near(minX: number, minY: number, maxX: number, maxY: number, visit: (stretch: number) => void): void
}

/** A hundredth more than asked, and half a metre: the scale of the map changes within a stretch, and positions are rounded. */
const SLACK = 1.01
const ROUNDING = 20
const CELLS = 64

/** @param turn world units to add to x for the coordinates of the cell. */
export function createCorridor({ stretches, withinMetres }: DepthRequest, turn: number): Corridor {
  const count = stretches.length
  const ends = new Float64Array(count * 4)
  const reach = new Float64Array(count)
  stretches.forEach(({ from, to }, i) => {
    ends.set([from.x + turn, from.y, to.x + turn, to.y], i * 4)
    reach[i] = Math.max(unitsPerMetre(from.y), unitsPerMetre(to.y)) * withinMetres * SLACK + ROUNDING
  })
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }
  const boxOf = (i: number): [number, number, number, number] => {
    const [ax = 0, ay = 0, bx = 0, by = 0] = ends.subarray(i * 4, i * 4 + 4)
    const r = reach[i]!
    return [Math.min(ax, bx) - r, Math.min(ay, by) - r, Math.max(ax, bx) + r, Math.max(ay, by) + r]
  }
  for (let i = 0; i < count; i++) {
    const [minX, minY, maxX, maxY] = boxOf(i)
    box.minX = Math.min(box.minX, minX)
    box.minY = Math.min(box.minY, minY)
    box.maxX = Math.max(box.maxX, maxX)
    box.maxY = Math.max(box.maxY, maxY)
  }
  const width = (box.maxX - box.minX) / CELLS
  const height = (box.maxY - box.minY) / CELLS
  const column = (x: number) => Math.min(CELLS - 1, Math.max(0, Math.floor((x - box.minX) / width)))
  const row = (y: number) => Math.min(CELLS - 1, Math.max(0, Math.floor((y - box.minY) / height)))
  const grid: number[][] = Array.from({ length: CELLS * CELLS }, () => [])
  for (let i = 0; i < count; i++) {
    const [minX, minY, maxX, maxY] = boxOf(i)
    for (let y = row(minY); y <= row(maxY); y++) for (let x = column(minX); x <= column(maxX); x++) grid[y * CELLS + x]!.push(i)
  }
  const seen = new Uint32Array(count)
  let round = 0
  return {
    count,
    ends,
    reach2: reach.map((r) => r * r),
    box,
    near(minX, minY, maxX, maxY, visit) {
      if (maxX < box.minX || minX > box.maxX || maxY < box.minY || minY > box.maxY) return
      round++
      const [left, right, bottom] = [column(minX), column(maxX), row(maxY)]
      for (let y = row(minY); y <= bottom; y++) {
        for (let x = left; x <= right; x++) {
          for (const i of grid[y * CELLS + x]!) {
            if (seen[i] === round) continue
            seen[i] = round
            visit(i)
          }
        }
      }
    },
  }
}

/** World units in a metre at a y, the larger of both directions: the map is a sphere's, the ground an ellipsoid's. */
function unitsPerMetre(y: number): number {
  const latitude = latitudeOfY(y)
  const { north, east } = metresPerDegree(latitude)
  return Math.max(WORLD / 360 / east, WORLD / 360 / (north * Math.cos((latitude * Math.PI) / 180)))
}
