import type { GridBox, GridLine, GridPoint } from '#geo/overlay/grid.ts'

/** An edge of the border of a cell's ground. */
export interface Edge {
  /** The cell. */
  owner: number
  from: GridPoint
  to: GridPoint
  length: number
}

/** Finds which borders the edges of an area run along. */
export interface BorderIndex {
  /**
   * Visits each border that an edge of a ring runs along.
   *
   * @param visit gets the stretch in units from the beginning of the border, and whether both run in the same direction.
   */
  visitAlong(ring: GridLine, visit: (edge: Edge, from: number, to: number, isSameWay: boolean) => void): void
}

/** Rounding may leave neighbours apart or overlapping by this many units: a quarter of a pixel for each of the two. */
const APART = 4
const BUCKET = 32
/** Squares grown by `APART` at such steps cover a segment without gaps. */
const STEP = 2 * APART
/** Shorter stretches are corners that touch. */
const SHORTEST = 1

/** Sorts the borders of a tile into squares. */
export function createBorderIndex(box: GridBox, edges: readonly Edge[]): BorderIndex {
  const columns = Math.ceil((box.right - box.left + 2 * APART) / BUCKET) + 1
  /** Of each square the borders that come near, as places in `edges`. */
  const buckets: (number[] | undefined)[] = []
  const bucketAt = (x: number, y: number) =>
    Math.floor((y - box.top + APART) / BUCKET) * columns + Math.floor((x - box.left + APART) / BUCKET)
  for (const [place, { from, to }] of edges.entries()) {
    visitSteps(from, to, (x, y) => {
      for (const dx of [-APART, APART]) {
        for (const dy of [-APART, APART]) {
          const bucket = bucketAt(x + dx, y + dy)
          const known = buckets[bucket]
          if (known === undefined) buckets[bucket] = [place]
          else if (known.at(-1) !== place) known.push(place)
        }
      }
    })
  }
  /** The segment that last came to each border, so that none is visited twice for one. */
  const visitors = new Uint32Array(edges.length)
  let segment = 0

  return {
    visitAlong(ring, visit) {
      let a = ring.at(-1)
      for (const b of ring) {
        const from = a!
        a = b
        segment++
        visitSteps(from, b, (x, y) => {
          for (const place of buckets[bucketAt(x, y)] ?? NONE) {
            if (visitors[place] === segment) continue
            visitors[place] = segment
            const overlap = overlapOf(edges[place]!, from, b)
            if (overlap !== null) visit(edges[place]!, ...overlap)
          }
        })
      }
    },
  }
}

const NONE: readonly number[] = []

/** The stretch of a border along which a segment runs, and whether it runs in the same direction; null for none. */
function overlapOf(
  { from, to, length }: Edge,
  a: GridPoint,
  b: GridPoint,
): [first: number, last: number, isSameWay: boolean] | null {
  const ux = (to.x - from.x) / length
  const uy = (to.y - from.y) / length
  const start = (a.x - from.x) * ux + (a.y - from.y) * uy
  const end = (b.x - from.x) * ux + (b.y - from.y) * uy
  const first = Math.max(0, Math.min(start, end))
  const last = Math.min(length, Math.max(start, end))
  if (last - first < SHORTEST) return null
  // How far beside the border the segment is at both ends of the stretch.
  const aside = (a.x - from.x) * uy - (a.y - from.y) * ux
  const slope = ((b.x - from.x) * uy - (b.y - from.y) * ux - aside) / (end - start)
  const isBeside = Math.abs(aside + slope * (first - start)) <= APART && Math.abs(aside + slope * (last - start)) <= APART
  return isBeside ? [first, last, end > start] : null
}

/** Visits points of a segment that are at most a step apart, its ends included. */
function visitSteps(a: GridPoint, b: GridPoint, visit: (x: number, y: number) => void): void {
  const count = Math.max(1, Math.ceil(Math.max(Math.abs(b.x - a.x), Math.abs(b.y - a.y)) / STEP))
  for (let i = 0; i <= count; i++) visit(a.x + ((b.x - a.x) * i) / count, a.y + ((b.y - a.y) * i) / count)
}
