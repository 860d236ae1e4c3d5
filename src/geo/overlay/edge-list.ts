import type { GridRings } from './grid.ts'
import { sortOrder } from './sort-order.ts'

/** Edges as columns: allocating an object per edge would cost more than all the work on it. */
export interface EdgeList {
  count: number
  /** Each edge runs from its end a to its end b: left to right, or top to bottom when it is vertical. */
  ax: Int32Array
  ay: Int32Array
  bx: Int32Array
  by: Int32Array
  /** The areas it bounds, as bits: 1 the first, 2 the second, 3 both. */
  areas: Uint8Array
  /** 1 until it has been compared with the edges that were in the list before it. */
  fresh: Uint8Array
}

/** Returns an empty list without memory; `reserveEdges` allocates. */
export function createEdgeList(): EdgeList {
  const none = new Int32Array(0)
  return { count: 0, ax: none, ay: none, bx: none, by: none, areas: new Uint8Array(0), fresh: new Uint8Array(0) }
}

/** Makes room for `count` edges in total and keeps those in the list. */
export function reserveEdges(list: EdgeList, count: number): void {
  if (list.ax.length >= count) return
  const capacity = Math.max(count, 2 * list.ax.length, 256)
  for (const column of ['ax', 'ay', 'bx', 'by'] as const) {
    const larger = new Int32Array(capacity)
    larger.set(list[column].subarray(0, list.count))
    list[column] = larger
  }
  for (const column of ['areas', 'fresh'] as const) {
    const larger = new Uint8Array(capacity)
    larger.set(list[column].subarray(0, list.count))
    list[column] = larger
  }
}

/** Appends an edge between two points, given in either order. Appends nothing when they are the same. */
export function addEdge(list: EdgeList, x1: number, y1: number, x2: number, y2: number, areas: number, fresh: number): void {
  if (x1 === x2 && y1 === y2) return
  const forwards = x1 < x2 || (x1 === x2 && y1 < y2)
  const i = list.count++
  list.ax[i] = forwards ? x1 : x2
  list.ay[i] = forwards ? y1 : y2
  list.bx[i] = forwards ? x2 : x1
  list.by[i] = forwards ? y2 : y1
  list.areas[i] = areas
  list.fresh[i] = fresh
}

/** Appends all edges of some rings. @param areas the bit of the area they bound. @param fresh 0 when they meet only in vertices. */
export function addRings(list: EdgeList, rings: GridRings, areas: number, fresh: 0 | 1): void {
  let more = 0
  for (const ring of rings) more += ring.length
  reserveEdges(list, list.count + more)
  for (const ring of rings) {
    if (ring.length === 0) continue
    let a = ring.at(-1)!
    for (const b of ring) {
      addEdge(list, a.x, a.y, b.x, b.y, areas, fresh)
      a = b
    }
  }
}

// Scratch memory, reused by every call.
let slots = new Int32Array(0)

/** Merges identical edges: two of the same area cancel out, two of different areas become one that bounds both. */
export function cancelPairs(list: EdgeList): void {
  const { ax, ay, bx, by, areas, fresh } = list
  let size = 16
  while (size < 2 * list.count) size *= 2
  if (slots.length < size) slots = new Int32Array(size)
  else slots.fill(0, 0, size)
  const mask = size - 1
  let kept = 0
  for (let i = 0; i < list.count; i++) {
    const hash =
      Math.imul(ax[i]!, 0x9e3779b1) ^
      Math.imul(ay[i]!, 0x85ebca6b) ^
      Math.imul(bx[i]!, 0xc2b2ae35) ^
      Math.imul(by[i]!, 0x27d4eb2f)
    let slot = (hash ^ (hash >>> 15)) & mask
    for (;;) {
      const twin = slots[slot]! - 1
      if (twin < 0) {
        slots[slot] = kept + 1
        copyEdge(list, i, list, kept++)
        break
      }
      if (ax[twin] === ax[i] && ay[twin] === ay[i] && bx[twin] === bx[i] && by[twin] === by[i]) {
        areas[twin] = areas[twin]! ^ areas[i]!
        fresh[twin] = fresh[twin]! & fresh[i]!
        break
      }
      slot = (slot + 1) & mask
    }
  }
  list.count = 0
  for (let i = 0; i < kept; i++) if (areas[i] !== 0) copyEdge(list, i, list, list.count++)
}

// Scratch memory, reused by every call.
let order = new Int32Array(0)

/** Copies the edges to another list, sorted by their left end. */
export function sortEdges(from: EdgeList, to: EdgeList): void {
  const { count } = from
  reserveEdges(to, count)
  if (order.length < count) order = new Int32Array(2 * count)
  sortOrder(from.ax, count, order)
  for (let i = 0; i < count; i++) copyEdge(from, order[i]!, to, i)
  to.count = count
}

/** Copies edge i of one list to place j of another, which must have room. */
export function copyEdge(from: EdgeList, i: number, to: EdgeList, j: number): void {
  to.ax[j] = from.ax[i]!
  to.ay[j] = from.ay[i]!
  to.bx[j] = from.bx[i]!
  to.by[j] = from.by[i]!
  to.areas[j] = from.areas[i]!
  to.fresh[j] = from.fresh[i]!
}
