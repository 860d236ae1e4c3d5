import type { EdgeGraph } from './edge-graph.ts'
import type { GridRing, GridRings } from './grid.ts'

// Scratch memory, reused by every call.
let isWalked = new Uint8Array(0)
let path = new Int32Array(0)
/** Index of each vertex in the path; -1 for none. */
let inPath = new Int32Array(0)

/**
 * Walks around the ground that is inside, keeping it to the right, and splits a walk where it returns to a vertex: the rings neither
 * cross nor touch themselves. Exteriors are clockwise as seen with y down, holes the other way round.
 *
 * @param wedges the areas of the ground to the right of each spoke (`labelSides`).
 * @param isInside for each combination of areas (0 neither, 1 the first, 2 the second, 3 both) whether it is inside.
 */
export function traceArea(graph: EdgeGraph, wedges: Uint8Array, isInside: readonly [number, number, number, number]): GridRings {
  const { edges, vertices, from, start, spokes, place } = graph
  const { count, areas } = edges
  if (isWalked.length < 2 * count) {
    isWalked = new Uint8Array(4 * count)
    path = new Int32Array(4 * count)
    inPath = new Int32Array(4 * count)
  }
  isWalked.fill(0, 0, 2 * count)
  inPath.fill(-1, 0, vertices)
  const rings: GridRings = []
  for (let first = 0; first < 2 * count; first++) {
    if (isWalked[first] === 1 || !beginsInside(first)) continue
    let length = 0
    for (let spoke = first; isWalked[spoke] === 0; spoke = following(spoke)) {
      isWalked[spoke] = 1
      const vertex = from[spoke]!
      if (inPath[vertex] !== -1) {
        const before = inPath[vertex]!
        rings.push(take(before, length))
        length = before
      }
      inPath[vertex] = length
      path[length++] = vertex
    }
    rings.push(take(0, length))
  }
  return rings

  /** Whether the ground to the right of a spoke is inside and that to its left is not. */
  function beginsInside(spoke: number): boolean {
    const right = wedges[spoke]!
    return isInside[right as 0] === 1 && isInside[(right ^ areas[spoke >> 1]!) as 0] === 0
  }

  /** Returns the spoke on which the walk continues where this one arrives: the next boundary counter-clockwise. */
  function following(spoke: number): number {
    const back = spoke ^ 1
    const vertex = from[back]!
    const low = start[vertex]!
    let at = place[back]!
    for (;;) {
      at = at === low ? start[vertex + 1]! - 1 : at - 1
      const next = spokes[at]!
      const right = wedges[next]!
      if (isInside[right as 0] !== isInside[(right ^ areas[next >> 1]!) as 0]) return next
    }
  }

  /** Removes a part of the path and returns it as a ring. */
  function take(begin: number, end: number): GridRing {
    const ring: GridRing = []
    for (let i = begin; i < end; i++) {
      const vertex = path[i]!
      inPath[vertex] = -1
      ring.push({ x: graph.x[vertex]!, y: graph.y[vertex]! })
    }
    return ring
  }
}
