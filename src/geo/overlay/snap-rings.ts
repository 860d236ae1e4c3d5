import { buildEdgeGraph } from './edge-graph.ts'
import { addRings, createEdgeList } from './edge-list.ts'
import type { GridRings } from './grid.ts'
import { labelSides } from './label-sides.ts'
import { nodeEdges } from './node-edges.ts'
import { traceArea } from './trace-area.ts'

const FIRST = 1
const SECOND = 2

export type Overlay = 'intersection' | 'difference'

/** What is inside, for ground of neither area, of the first, of the second and of both. */
const INSIDE = {
  one: [0, 1, 0, 1],
  intersection: [0, 0, 0, 1],
  difference: [0, 1, 0, 0],
} as const

const edges = createEdgeList()

/**
 * The area that rings enclose by the even-odd rule, as rings that neither cross nor touch themselves and that meet each other in
 * single points at most. Crossings become vertices rounded to whole numbers (`nodeEdges`). What folds onto itself cancels out.
 *
 * Clipper's union rounds crossings once: on a coarse grid its rings may cross again, and go on to however often it is repeated.
 */
export function snapRings(rings: GridRings): GridRings {
  edges.count = 0
  addRings(edges, rings, FIRST)
  return enclose(INSIDE.one)
}

/** What two areas have in common, or what the first has and the second has not; rings as those of `snapRings`. */
export function overlayRings(first: GridRings, second: GridRings, overlay: Overlay): GridRings {
  edges.count = 0
  addRings(edges, first, FIRST)
  addRings(edges, second, SECOND)
  return enclose(INSIDE[overlay])
}

function enclose(inside: (typeof INSIDE)[keyof typeof INSIDE]): GridRings {
  const graph = buildEdgeGraph(nodeEdges(edges))
  return traceArea(graph, labelSides(graph), inside)
}
