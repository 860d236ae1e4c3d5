/** Where a position lies: outside of rings, on their border, or inside. */
export const OUTSIDE = -1
export const BORDER = 0
export const INSIDE = 1

/** Rings with fewer positions are scanned: sorting their edges costs more than it saves. */
const FEWEST_SORTED = 32
const EDGES_PER_BAND = 4
/** How often an edge may stand in bands, on average. */
const MOST_COPIES = 8

/** Answers where positions lie in rings by the even-odd rule over all rings, holes included. */
export interface RingLocator {
  locate(x: number, y: number): number
  /** Edges that an answer looks at, about; at least 1. */
  cost: number
}

/**
 * Sorts the edges of rings into bands of y, so that an answer looks only at the edges of its own band.
 *
 * @param rings world units (x, y), without the closing position.
 */
export function createRingLocator(rings: readonly Int32Array[]): RingLocator {
  const edges = edgesOf(rings)
  const count = edges.length / 4
  if (count < FEWEST_SORTED) {
    return { cost: Math.max(1, count), locate: (x, y) => locateAmong(edges, null, 0, count, x, y) }
  }
  return new BandedRings(edges)
}

// A class, because its methods outlive a cell: V8 discards the optimised code of a function together with the function.
class BandedRings implements RingLocator {
  readonly cost: number
  readonly #edges: Int32Array
  readonly #low: number
  readonly #high: number
  readonly #bands: number
  /** First position of each band in `sorted`, then the end of the last. */
  readonly #starts: Uint32Array
  readonly #sorted: Uint32Array

  constructor(edges: Int32Array) {
    const { low, high } = rangeOfY(edges)
    this.#edges = edges
    this.#low = low
    this.#high = high
    this.#bands = bandCount(edges, low, high)
    this.#starts = this.#countedStarts()
    this.#sorted = this.#sortedEdges()
    this.cost = Math.ceil(this.#sorted.length / this.#bands)
  }

  locate(x: number, y: number): number {
    if (y < this.#low || y > this.#high) return OUTSIDE
    const band = this.#bandOf(y)
    return locateAmong(this.#edges, this.#sorted, this.#starts[band]!, this.#starts[band + 1]!, x, y)
  }

  #bandOf(y: number): number {
    return Math.floor(((y - this.#low) * this.#bands) / (this.#high - this.#low + 1))
  }

  #countedStarts(): Uint32Array {
    const edges = this.#edges
    const starts = new Uint32Array(this.#bands + 1)
    for (let at = 0; at < edges.length; at += 4) {
      const one = this.#bandOf(edges[at + 1]!)
      const other = this.#bandOf(edges[at + 3]!)
      const last = Math.max(one, other)
      for (let band = Math.min(one, other); band <= last; band++) starts[band + 1]!++
    }
    for (let band = 0; band < this.#bands; band++) starts[band + 1]! += starts[band]!
    return starts
  }

  #sortedEdges(): Uint32Array {
    const edges = this.#edges
    const sorted = new Uint32Array(this.#starts[this.#bands]!)
    const next = this.#starts.slice()
    for (let at = 0; at < edges.length; at += 4) {
      const one = this.#bandOf(edges[at + 1]!)
      const other = this.#bandOf(edges[at + 3]!)
      const last = Math.max(one, other)
      for (let band = Math.min(one, other); band <= last; band++) sorted[next[band]!++] = at / 4
    }
    return sorted
  }
}

function rangeOfY(edges: Int32Array): { low: number; high: number } {
  let low = Infinity
  let high = -Infinity
  for (let i = 1; i < edges.length; i += 2) {
    low = Math.min(low, edges[i]!)
    high = Math.max(high, edges[i]!)
  }
  return { low, high }
}

/** Fewer bands where edges are long, so that all bands together hold each edge a few times at most. */
function bandCount(edges: Int32Array, low: number, high: number): number {
  const count = edges.length / 4
  let height = 0
  for (let i = 0; i < edges.length; i += 4) height += Math.abs(edges[i + 3]! - edges[i + 1]!)
  const most = ((MOST_COPIES - 1) * count * (high - low + 1)) / Math.max(1, height)
  return Math.max(1, Math.floor(Math.min(count / EDGES_PER_BAND, most)))
}

/** The edges of rings, each as (ax, ay, bx, by). */
function edgesOf(rings: readonly Int32Array[]): Int32Array {
  const edges = new Int32Array(rings.reduce((sum, ring) => sum + ring.length, 0) * 2)
  let at = 0
  for (const ring of rings) {
    for (let i = 0, before = ring.length - 2; i < ring.length; before = i, i += 2) {
      edges[at++] = ring[before]!
      edges[at++] = ring[before + 1]!
      edges[at++] = ring[i]!
      edges[at++] = ring[i + 1]!
    }
  }
  return edges
}

/** @param sorted numbers of the edges from `start` to `end`; null when these are numbers of edges themselves. */
function locateAmong(edges: Int32Array, sorted: Uint32Array | null, start: number, end: number, x: number, y: number): number {
  let inside = false
  for (let i = start; i < end; i++) {
    const at = (sorted === null ? i : sorted[i]!) * 4
    const crossing = crossingOf(edges[at]!, edges[at + 1]!, edges[at + 2]!, edges[at + 3]!, x, y)
    if (crossing === ON_EDGE) return BORDER
    if (crossing === CROSSES) inside = !inside
  }
  return inside ? INSIDE : OUTSIDE
}

const PASSES = 0
export const CROSSES = 1
export const ON_EDGE = 2

/** How an edge meets the ray from a position towards greater x. An edge counts from its lower end up to, not including, its upper end. */
export function crossingOf(ax: number, ay: number, bx: number, by: number, x: number, y: number): number {
  if ((ay < y && by < y) || (ay > y && by > y) || (x > ax && x > bx)) return PASSES
  const side = sideOf(ax, ay, bx, by, x, y)
  if (side === 0 && x >= Math.min(ax, bx)) return ON_EDGE
  return ay > y !== by > y && (side > 0 ? ay < by : ay > by) ? CROSSES : PASSES
}

/** On which side of the edge from a to b a position lies: below 0, 0 (on its line) or above 0. */
export function sideOf(ax: number, ay: number, bx: number, by: number, x: number, y: number): number {
  return (bx - ax) * (y - ay) - (by - ay) * (x - ax)
}
