import type { EdgeList } from './edge-list.ts'
import { createPointIds } from './point-ids.ts'

/**
 * Edges that meet only in vertices, as a graph. Edge e leaves its left end as spoke 2e and its right end as spoke 2e + 1, so spoke s
 * arrives where spoke s ^ 1 leaves.
 */
export interface EdgeGraph {
  edges: EdgeList
  /** How many vertices there are. */
  vertices: number
  /** Position of each vertex. */
  x: Int32Array
  y: Int32Array
  /** The vertex each spoke leaves. */
  from: Int32Array
  /** Index in `spokes` of each vertex's first one, and one entry more for the end. */
  start: Int32Array
  /** The spokes of each vertex by angle, clockwise as seen with y down. */
  spokes: Int32Array
  /** Index in `spokes` of each spoke. */
  place: Int32Array
}

const ids = createPointIds()
// Scratch memory, reused by every call.
let from = new Int32Array(0)
let start = new Int32Array(0)
let spokes = new Int32Array(0)
let place = new Int32Array(0)

/** Builds the graph of edges that meet only in vertices. @returns memory that the next call overwrites. */
export function buildEdgeGraph(edges: EdgeList): EdgeGraph {
  const { count, ax, ay, bx, by } = edges
  if (from.length < 2 * count) {
    from = new Int32Array(4 * count)
    start = new Int32Array(4 * count + 1)
    spokes = new Int32Array(4 * count)
    place = new Int32Array(4 * count)
  }
  ids.reset(2 * count)
  for (let e = 0; e < count; e++) {
    from[2 * e] = ids.idOf(ax[e]!, ay[e]!)
    from[2 * e + 1] = ids.idOf(bx[e]!, by[e]!)
  }
  const vertices = ids.count()
  start.fill(0, 0, vertices + 1)
  for (let s = 0; s < 2 * count; s++) start[from[s]! + 1] = start[from[s]! + 1]! + 1
  for (let v = 0; v < vertices; v++) start[v + 1] = start[v + 1]! + start[v]!
  // Until it is filled below, `place` counts the spokes that each vertex has so far.
  place.fill(0, 0, vertices)
  for (let s = 0; s < 2 * count; s++) {
    const v = from[s]!
    spokes[start[v]! + place[v]!] = s
    place[v] = place[v]! + 1
  }
  const graph: EdgeGraph = { edges, vertices, x: ids.x(), y: ids.y(), from, start, spokes, place }
  for (let v = 0; v < vertices; v++) sortSpokes(graph, v)
  for (let i = 0; i < 2 * count; i++) place[spokes[i]!] = i
  return graph
}

/** Sorts the spokes of a vertex by angle. An insertion sort, because nearly all vertices have two. */
function sortSpokes({ edges, spokes: all, start: starts }: EdgeGraph, vertex: number): void {
  const first = starts[vertex]!
  const end = starts[vertex + 1]!
  for (let i = first + 1; i < end; i++) {
    const spoke = all[i]!
    let j = i
    while (j > first && comesBefore(edges, spoke, all[j - 1]!)) {
      all[j] = all[j - 1]!
      j--
    }
    all[j] = spoke
  }
}

/** Whether spoke s has a smaller angle, in -180 (excluded) to 180 degrees with y down, than spoke t. Exact, unlike an arc tangent. */
function comesBefore({ ax, ay, bx, by }: EdgeList, s: number, t: number): boolean {
  const e = s >> 1
  const f = t >> 1
  const signS = (s & 1) === 0 ? 1 : -1
  const signT = (t & 1) === 0 ? 1 : -1
  const sx = (bx[e]! - ax[e]!) * signS
  const sy = (by[e]! - ay[e]!) * signS
  const tx = (bx[f]! - ax[f]!) * signT
  const ty = (by[f]! - ay[f]!) * signT
  const quarterS = quarter(sx, sy)
  const quarterT = quarter(tx, ty)
  return quarterS === quarterT ? sx * ty - sy * tx > 0 : quarterS < quarterT
}

function quarter(x: number, y: number): number {
  if (y < 0) return 0
  if (y > 0) return 2
  return x > 0 ? 1 : 3
}
