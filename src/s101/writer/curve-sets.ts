import type { SpatialPointerSpec } from '#s57/writer/cell-spec.ts'
import type { MemberSpec, SpatialRecordSpec } from './dataset-spec.ts'

/** Builds composite curves and surfaces from the edges of features. */
export interface CurveSets {
  /** The lines of a feature, a curve or composite curve each. */
  lines(pointers: readonly SpatialPointerSpec[]): MemberSpec[]
  /** The number of a surface whose rings have these edges, which follow each other ring by ring. */
  surface(pointers: readonly SpatialPointerSpec[]): number
  records(): SpatialRecordSpec[]
}

/** `curveOf` returns the points where a curve begins and ends. */
export function createCurveSets(curveOf: (id: number) => { begin: number; end: number }): CurveSets {
  const composites: SpatialRecordSpec[] = []
  const surfaces: SpatialRecordSpec[] = []

  function toMember(edges: readonly SpatialPointerSpec[], usage: number): MemberSpec {
    const [only] = edges
    if (edges.length === 1) return { kind: 120, id: only!.id, orientation: only!.orientation ?? 1, usage }
    const id = composites.length + 1
    composites.push({
      kind: 125,
      id,
      members: edges.map((edge) => ({ kind: 120, id: edge.id, orientation: edge.orientation ?? 1 })),
    })
    return { kind: 125, id, orientation: 1, usage }
  }

  function split(pointers: readonly SpatialPointerSpec[], closed: boolean): SpatialPointerSpec[][] {
    const parts: SpatialPointerSpec[][] = []
    let start = -1
    let at = -1
    for (const pointer of pointers) {
      const { begin, end } = curveOf(pointer.id)
      const [from, to] = pointer.orientation === 2 ? [end, begin] : [begin, end]
      if (parts.length === 0 || from !== at || (closed && at === start)) {
        parts.push([])
        start = from
      }
      parts.at(-1)!.push(pointer)
      at = to
    }
    return parts
  }

  return {
    lines: (pointers) => split(pointers, false).map((edges) => toMember(edges, 255)),
    surface(pointers) {
      const rings = split(pointers, true).map((edges) => toMember(edges, edges[0]!.usage === 2 ? 2 : 1))
      const id = surfaces.length + 1
      surfaces.push({ kind: 130, id, members: rings })
      return id
    },
    records: () => [...composites, ...surfaces],
  }
}
