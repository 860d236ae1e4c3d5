import type { EdgeGraph } from './edge-graph.ts'
import type { GridRing, GridRings } from './grid.ts'

// Used for one graph at a time.
let isWalked = new Uint8Array(0)
let path = new Int32Array(0)
/** Where each vertex is in the path; -1 when it is not. */
let inPath = new Int32Array(0)

/**
 * Walks around the ground that is inside, with it to the right, and parts the walks where they come to a vertex again: rings that
 * neither cross nor touch themselves.
 *
 * @param wedges the areas of the ground to the right of each spoke (`labelSides`).
 * @param isInside for each combination of areas whether it is to be enclosed.
 */
export function traceArea(graph: EdgeGraph, wedges: Uint8Array, isInside: readonly [number, number, number, number]): GridRings {
  const { edges, vertices, from, start, spokes, place } = graph
  const { count, of } = edges
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

  /** Whether the ground to the right is inside and that to the left is not: what has the same on both sides is no boundary. */
  function beginsInside(spoke: number): boolean {
    const right = wedges[spoke]!
    return isInside[right as 0] === 1 && isInside[(right ^ of[spoke >> 1]!) as 0] === 0
  }

  /** The spoke along which the walk goes on where this one arrives: the last boundary before it, against the clock. */
  function following(spoke: number): number {
    const back = spoke ^ 1
    const vertex = from[back]!
    const low = start[vertex]!
    let at = place[back]!
    for (;;) {
      at = at === low ? start[vertex + 1]! - 1 : at - 1
      const next = spokes[at]!
      const right = wedges[next]!
      if (isInside[right as 0] !== isInside[(right ^ of[next >> 1]!) as 0]) return next
    }
  }

  /** A part of the path as a ring; its vertices are free again. */
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
