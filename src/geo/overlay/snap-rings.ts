import { buildEdgeGraph } from './edge-graph.ts'
import { addRings, createEdgeList } from './edge-list.ts'
import type { GridRings } from './grid.ts'
import { labelSides } from './label-sides.ts'
import { nodeEdges } from './node-edges.ts'
import { traceArea } from './trace-area.ts'

const FIRST = 1
const SECOND = 2

export type Overlay = 'intersection' | 'difference'

/** Whether ground is inside the result, by the areas it belongs to: neither, the first, the second, both. */
const INSIDE = {
  one: [0, 1, 0, 1],
  intersection: [0, 0, 0, 1],
  difference: [0, 1, 0, 0],
} as const

// Scratch memory, reused by every call.
const edges = createEdgeList()

/**
 * Returns the area of rings (by the even-odd rule) as rings that neither cross nor touch themselves and that meet each other at most
 * in single points. Crossings become vertices, rounded to whole numbers (`nodeEdges`). Edges that fold onto each other cancel out.
 *
 * Rounding once, as Clipper's union does, is not enough: on a coarse grid the rings may cross again.
 */
export function snapRings(rings: GridRings): GridRings {
  edges.count = 0
  addRings(edges, rings, FIRST, 1)
  return enclose(INSIDE.one)
}

/**
 * Intersects two areas, or subtracts the second from the first. The rings are as those of `snapRings`.
 *
 * @param noded the area, if any, whose edges are known to meet only in vertices, as in a result of this function: they are not compared
 *   with each other, so a small change of a large area takes little time.
 */
export function overlayRings(first: GridRings, second: GridRings, overlay: Overlay, noded: 'first' | 'second' | null): GridRings {
  edges.count = 0
  addRings(edges, first, FIRST, noded === 'first' ? 0 : 1)
  addRings(edges, second, SECOND, noded === 'second' ? 0 : 1)
  return enclose(INSIDE[overlay])
}

function enclose(inside: (typeof INSIDE)[keyof typeof INSIDE]): GridRings {
  const graph = buildEdgeGraph(nodeEdges(edges))
  return traceArea(graph, labelSides(graph), inside)
}
