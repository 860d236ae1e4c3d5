import type { GridBox, GridRings } from '#geo/overlay/grid.ts'

/** The ground of a box that no cell has taken yet. */
export interface OpenGround {
  /** Rings of an overlay, which meet only in vertices; exteriors clockwise as seen with y down, holes the other way round. */
  readonly rings: GridRings
  /** Area of the open ground within a box, in square units. The time it takes grows with the edges at the height of the box only. */
  areaWithin(box: GridBox): number
}

const ROWS = 256

/** Indexes open ground by horizontal rows. @param bounds a box that holds all rings. */
export function createOpenGround(rings: GridRings, bounds: GridBox): OpenGround {
  const height = Math.max(1, (bounds.bottom - bounds.top) / ROWS)
  const rowOf = (y: number) => Math.min(ROWS - 1, Math.max(0, Math.floor((y - bounds.top) / height)))
  let count = 0
  for (const ring of rings) count += ring.length
  /** x and y of both ends. */
  const edges = new Float64Array(count * 4)
  const start = new Int32Array(ROWS + 1)
  count = 0
  for (const ring of rings) {
    let a = ring.at(-1)!
    for (const b of ring) {
      // A horizontal edge bounds no area to its side.
      if (a.y !== b.y) {
        const at = count++ * 4
        edges[at] = a.x
        edges[at + 1] = a.y
        edges[at + 2] = b.x
        edges[at + 3] = b.y
        for (let row = rowOf(Math.min(a.y, b.y)); row <= rowOf(Math.max(a.y, b.y)); row++) start[row + 1] = start[row + 1]! + 1
      }
      a = b
    }
  }
  for (let row = 0; row < ROWS; row++) start[row + 1] = start[row + 1]! + start[row]!
  const inRow = new Int32Array(start[ROWS]!)
  const filled = start.slice()
  for (let edge = 0; edge < count; edge++) {
    const [a, b] = [edges[edge * 4 + 1]!, edges[edge * 4 + 3]!]
    for (let row = rowOf(Math.min(a, b)); row <= rowOf(Math.max(a, b)); row++) {
      inRow[filled[row]!] = edge
      filled[row] = filled[row]! + 1
    }
  }

  return {
    rings,
    areaWithin(box) {
      const top = Math.max(box.top, bounds.top)
      const bottom = Math.min(box.bottom, bounds.bottom)
      if (top >= bottom) return 0
      let sum = 0
      for (let row = rowOf(top); row <= rowOf(bottom); row++) {
        // Each row counts the part of an edge within it, so an edge in several rows counts once.
        const low = row === 0 ? top : Math.max(top, bounds.top + row * height)
        const high = row === ROWS - 1 ? bottom : Math.min(bottom, bounds.top + (row + 1) * height)
        for (let i = start[row]!; i < start[row + 1]!; i++) {
          const at = inRow[i]! * 4
          sum += areaLeftOf(edges[at]!, edges[at + 1]!, edges[at + 2]!, edges[at + 3]!, box.left, box.right, low, high)
        }
      }
      return Math.abs(sum)
    },
  }
}

/** The signed area between the left side of a box and an edge, of the edge's part between two heights. */
function areaLeftOf(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  left: number,
  right: number,
  low: number,
  high: number,
): number {
  const from = Math.max(low, Math.min(ay, by))
  const to = Math.min(high, Math.max(ay, by))
  if (from >= to || (ax <= left && bx <= left)) return 0
  const sign = ay < by ? 1 : -1
  if (ax >= right && bx >= right) return sign * (right - left) * (to - from)
  const slope = (bx - ax) / (by - ay)
  return sign * clampedArea(ax + (from - ay) * slope, ax + (to - ay) * slope, left, right) * (to - from)
}

/** The mean of x - left, clamped to left..right, while x runs evenly from one value to another. */
function clampedArea(x1: number, x2: number, left: number, right: number): number {
  const [a, b] = x1 < x2 ? [x1, x2] : [x2, x1]
  if (a >= right) return right - left
  if (b <= left) return 0
  if (a >= left && b <= right) return (a + b) / 2 - left
  const width = b - a
  const within = Math.min(b, right) - Math.max(a, left)
  const middle = (Math.min(b, right) + Math.max(a, left)) / 2 - left
  return (within * middle + Math.max(0, b - right) * (right - left)) / width
}
