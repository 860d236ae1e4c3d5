import type { EdgeGraph } from './edge-graph.ts'
import type { EdgeList } from './edge-list.ts'

// Scratch memory, reused by every call.
let wedges = new Uint8Array(0)
let isDone = new Uint8Array(0)
let open = new Int32Array(0)

/**
 * Labels both sides of each edge with the areas that the ground there belongs to.
 *
 * @returns for each spoke the areas (as in `EdgeList.areas`) of the ground to its right, as seen with y down: of the wedge between it
 *   and the next spoke of its vertex. The next call overwrites it.
 */
export function labelSides(graph: EdgeGraph): Uint8Array {
  const { edges, vertices, from, start } = graph
  const { count } = edges
  if (wedges.length < 2 * count) {
    wedges = new Uint8Array(4 * count)
    isDone = new Uint8Array(4 * count)
    open = new Int32Array(4 * count)
  }
  isDone.fill(0, 0, vertices)
  let rows: Rows | null = null
  let sets = 0
  // Edges come from left to right, so the first vertex of a connected set has no edge of that set to its left: counting the other
  // edges to its left gives its label.
  for (let e = 0; e < count; e++) {
    const vertex = from[2 * e]!
    if (isDone[vertex] === 1) continue
    let left = 0
    if (e > 0) {
      sets++
      if (sets > FEW_SETS) rows ??= toRows(edges)
      left = areasLeftOf(edges, rows, edges.ax[e]!, edges.ay[e]!)
    }
    // All its edges run to the right, so the wedge to its left lies between its last spoke and its first.
    labelWedges(graph, vertex, start[vertex + 1]! - 1, left)
    labelConnected(graph, vertex)
  }
  return wedges
}

/** Labels all wedges of a vertex from one of them: crossing a spoke enters or leaves the areas it bounds. */
function labelWedges({ edges, start, spokes }: EdgeGraph, vertex: number, at: number, areas: number): void {
  const first = start[vertex]!
  const end = start[vertex + 1]!
  let current = areas
  let i = at
  wedges[spokes[i]!] = current
  for (let step = end - first - 1; step > 0; step--) {
    i = i + 1 === end ? first : i + 1
    const spoke = spokes[i]!
    current ^= edges.areas[spoke >> 1]!
    wedges[spoke] = current
  }
  isDone[vertex] = 1
}

/** Labels all vertices connected with a labelled one: the ground beside an edge is the same at both ends. */
function labelConnected(graph: EdgeGraph, begin: number): void {
  const { from, start, spokes, place } = graph
  let waiting = 0
  open[waiting++] = begin
  while (waiting > 0) {
    const vertex = open[--waiting]!
    for (let i = start[vertex]!; i < start[vertex + 1]!; i++) {
      const spoke = spokes[i]!
      const other = from[spoke ^ 1]!
      if (isDone[other] === 1) continue
      // The wedge after this spoke lies to its right; at the other end, that ground is the wedge before the opposite spoke.
      const at = place[spoke ^ 1]!
      labelWedges(graph, other, at === start[other]! ? start[other + 1]! - 1 : at - 1, wedges[spoke]!)
      open[waiting++] = other
    }
  }
}

/** Edges by the horizontal rows they pass through; within a row from left to right. */
interface Rows {
  top: number
  /** The height of a row is 2^shift. */
  shift: number
  start: Int32Array
  edges: Int32Array
}

const MOST_ROWS = 512
/** Up to this many connected sets, scanning all edges to the left is faster than building rows. */
const FEW_SETS = 6

function toRows({ count, ay, by }: EdgeList): Rows {
  let top = Infinity
  let bottom = -Infinity
  for (let e = 0; e < count; e++) {
    top = Math.min(top, ay[e]!, by[e]!)
    bottom = Math.max(bottom, ay[e]!, by[e]!)
  }
  let shift = 0
  while ((bottom - top) / 2 ** shift >= MOST_ROWS) shift++
  const start = new Int32Array(((bottom - top) >> shift) + 2)
  const eachRow = (e: number, visit: (row: number) => void) => {
    const low = (Math.min(ay[e]!, by[e]!) - top) >> shift
    const high = (Math.max(ay[e]!, by[e]!) - top) >> shift
    for (let row = low; row <= high; row++) visit(row)
  }
  for (let e = 0; e < count; e++)
    eachRow(e, (row) => {
      start[row + 1] = start[row + 1]! + 1
    })
  for (let row = 0; row + 1 < start.length; row++) start[row + 1] = start[row + 1]! + start[row]!
  const edges = new Int32Array(start.at(-1)!)
  const filled = start.slice()
  for (let e = 0; e < count; e++)
    eachRow(e, (row) => {
      edges[filled[row]!] = e
      filled[row] = filled[row]! + 1
    })
  return { top, shift, start, edges }
}

/** Returns the areas that a point lies in: each edge that passes to its left toggles the areas it bounds. */
function areasLeftOf(edges: EdgeList, rows: Rows | null, x: number, y: number): number {
  const { count, ax, areas: bounded } = edges
  let areas = 0
  if (rows === null) {
    for (let e = 0; e < count && ax[e]! < x; e++) if (passesLeft(edges, e, x, y)) areas ^= bounded[e]!
    return areas
  }
  const row = (y - rows.top) >> rows.shift
  for (let i = rows.start[row]!; i < rows.start[row + 1]!; i++) {
    const e = rows.edges[i]!
    if (ax[e]! >= x) break
    if (passesLeft(edges, e, x, y)) areas ^= bounded[e]!
  }
  return areas
}

/** Whether an edge crosses the horizontal line through a point, to the left of the point. */
function passesLeft({ ax, ay, bx, by }: EdgeList, e: number, x: number, y: number): boolean {
  const a = ay[e]!
  const b = by[e]!
  return a > y !== b > y && ax[e]! + ((y - a) * (bx[e]! - ax[e]!)) / (b - a) < x
}
