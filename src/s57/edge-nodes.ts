import type { CellStore } from './cell-store.ts'
import type { EdgeEnds } from './edge-ends.ts'
import {
  CONNECTED_NODE,
  EDGE,
  ISOLATED_NODE,
  type Rows,
  SG2D_WIDTH,
  SG3D_WIDTH,
  type VectorRecord,
  VRPT_WIDTH,
  vectorName,
} from './records.ts'

/**
 * The ends of an edge, from its nodes; null when it has fewer than two positions. The record keeps them, because most edges belong to
 * several features.
 */
export function endsOfEdge(store: CellStore, edge: VectorRecord, warn: (message: string) => void): EdgeEnds | null {
  if (edge.ends !== undefined) return edge.ends
  const begin = nodeOf(store, edge, 1, warn)
  const end = nodeOf(store, edge, 2, warn)
  const list = edge.coordinates
  const count = list?.count ?? 0
  const missing = (begin === null ? 1 : 0) + (end === null ? 1 : 0)
  if (count < missing) {
    edge.ends = null
    return null
  }
  // Without a node the line begins or ends with its own coordinates.
  const own = (i: number): number => list!.start + i * (edge.depths ? SG3D_WIDTH : SG2D_WIDTH)
  const beginAt = begin === null ? own(0) : begin.start
  const beginView = begin === null ? list!.view : begin.view
  const endAt = end === null ? own(count - 1) : end.start
  const endView = end === null ? list!.view : end.view
  edge.ends = {
    beginX: beginView.getInt32(beginAt + 4, true),
    beginY: beginView.getInt32(beginAt, true),
    endX: endView.getInt32(endAt + 4, true),
    endY: endView.getInt32(endAt, true),
    hasBegin: begin !== null,
    hasEnd: end !== null,
  }
  return edge.ends
}

/** The coordinates of the node an edge begins (1) or ends (2) at: TOPI says which, else the order of the pointers. */
function nodeOf(store: CellStore, edge: VectorRecord, end: 1 | 2, warn: (message: string) => void): Rows | null {
  const { pointers } = edge
  let at = -1
  if (pointers !== null) {
    for (let i = 0; i < pointers.count && i < 2 && at === -1; i++) {
      const row = pointers.start + i * VRPT_WIDTH
      if (pointers.view.getUint8(row + 7) === end) at = row
    }
    if (at === -1 && pointers.count >= end) {
      const row = pointers.start + (end - 1) * VRPT_WIDTH
      const topology = pointers.view.getUint8(row + 7)
      if (topology !== 1 && topology !== 2) at = row
    }
  }
  if (at === -1) {
    warn(`${vectorName(EDGE, edge.id)} has no ${end === 1 ? 'beginning' : 'end'} node`)
    return null
  }
  const kind = pointers!.view.getUint8(at)
  const id = pointers!.view.getUint32(at + 1, true)
  const node = kind === CONNECTED_NODE || kind === ISOLATED_NODE ? store.vectors.get(kind)?.get(id) : undefined
  const list = node?.coordinates
  if (list == null || list.count === 0) {
    warn(`${vectorName(kind, id)}, a node of ${vectorName(EDGE, edge.id)}, is missing`)
    return null
  }
  return list
}
