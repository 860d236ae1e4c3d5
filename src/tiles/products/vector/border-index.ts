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

/** Rounding may leave neighbours so many units apart, or let them overlap as much: a quarter of a pixel for each of the two. */
const APART = 4
const BUCKET = 64
/** Squares grown by `APART` at such steps cover a segment without gaps. */
const STEP = 2 * APART
/** Shorter stretches are corners that touch. */
const SHORTEST = 1

/** Sorts the borders of a tile into squares. */
export function createBorderIndex(box: GridBox, edges: readonly Edge[]): BorderIndex {
  const columns = Math.ceil((box.right - box.left + 2 * APART) / BUCKET) + 1
  const buckets: (Edge[] | undefined)[] = []
  const bucketAt = (x: number, y: number) =>
    Math.floor((y - box.top + APART) / BUCKET) * columns + Math.floor((x - box.left + APART) / BUCKET)
  for (const edge of edges) {
    visitSteps(edge.from, edge.to, (x, y) => {
      for (const dx of [-APART, APART]) {
        for (const dy of [-APART, APART]) {
          const bucket = bucketAt(x + dx, y + dy)
          const known = buckets[bucket]
          if (known === undefined) buckets[bucket] = [edge]
          else if (known.at(-1) !== edge) known.push(edge)
        }
      }
    })
  }

  /** The borders in the squares that a segment passes; null for none. */
  function near(a: GridPoint, b: GridPoint): Set<Edge> | null {
    let found: Set<Edge> | null = null
    visitSteps(a, b, (x, y) => {
      const here = buckets[bucketAt(x, y)]
      if (here === undefined) return
      found = found === null ? new Set(here) : found.union(new Set(here))
    })
    return found
  }

  return {
    visitAlong(ring, visit) {
      let a = ring.at(-1)
      for (const b of ring) {
        for (const edge of (a === undefined ? null : near(a, b)) ?? []) {
          const overlap = overlapOf(edge, a!, b)
          if (overlap !== null) visit(edge, ...overlap)
        }
        a = b
      }
    },
  }
}

/** The stretch of a border along which a segment runs, and whether it runs in the same direction; null for none. */
function overlapOf(
  { from, to, length }: Edge,
  a: GridPoint,
  b: GridPoint,
): [first: number, last: number, isSameWay: boolean] | null {
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length]
  const along = ({ x, y }: GridPoint) => (x - from.x) * ux + (y - from.y) * uy
  const beside = ({ x, y }: GridPoint) => (x - from.x) * uy - (y - from.y) * ux
  const [start, end] = [along(a), along(b)]
  const [first, last] = [Math.max(0, Math.min(start, end)), Math.min(length, Math.max(start, end))]
  if (last - first < SHORTEST) return null
  const besideAt = (at: number) => beside(a) + ((beside(b) - beside(a)) * (at - start)) / (end - start)
  return Math.abs(besideAt(first)) > APART || Math.abs(besideAt(last)) > APART ? null : [first, last, end > start]
}

/** Visits points of a segment that are at most a step apart, its ends included. */
function visitSteps(a: GridPoint, b: GridPoint, visit: (x: number, y: number) => void): void {
  const count = Math.max(1, Math.ceil(Math.max(Math.abs(b.x - a.x), Math.abs(b.y - a.y)) / STEP))
  for (let i = 0; i <= count; i++) visit(a.x + ((b.x - a.x) * i) / count, a.y + ((b.y - a.y) * i) / count)
}
