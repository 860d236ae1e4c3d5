import type { GridRings } from './grid.ts'
import { sortOrder } from './sort-order.ts'

/** Edges as columns: one object an edge would cost more than all that is done with it. */
export interface EdgeList {
  count: number
  /** Each edge runs from left to right, one that is upright from top to bottom. */
  ax: Int32Array
  ay: Int32Array
  bx: Int32Array
  by: Int32Array
  /** Of which areas it is a boundary: bit 1 for the first, bit 2 for the second. */
  of: Uint8Array
  /** 1 while it has not been compared with the edges that were there before it. */
  fresh: Uint8Array
}

export function createEdgeList(): EdgeList {
  const none = new Int32Array(0)
  return { count: 0, ax: none, ay: none, bx: none, by: none, of: new Uint8Array(0), fresh: new Uint8Array(0) }
}

/** Makes room for `count` edges; what is in the list stays. */
export function reserveEdges(list: EdgeList, count: number): void {
  if (list.ax.length >= count) return
  const capacity = Math.max(count, 2 * list.ax.length, 256)
  for (const column of ['ax', 'ay', 'bx', 'by'] as const) {
    const larger = new Int32Array(capacity)
    larger.set(list[column].subarray(0, list.count))
    list[column] = larger
  }
  for (const column of ['of', 'fresh'] as const) {
    const larger = new Uint8Array(capacity)
    larger.set(list[column].subarray(0, list.count))
    list[column] = larger
  }
}

/** Appends an edge between two points, whichever comes first; none when they are one. */
export function addEdge(list: EdgeList, x1: number, y1: number, x2: number, y2: number, of: number, fresh: number): void {
  if (x1 === x2 && y1 === y2) return
  const forwards = x1 < x2 || (x1 === x2 && y1 < y2)
  const i = list.count++
  list.ax[i] = forwards ? x1 : x2
  list.ay[i] = forwards ? y1 : y2
  list.bx[i] = forwards ? x2 : x1
  list.by[i] = forwards ? y2 : y1
  list.of[i] = of
  list.fresh[i] = fresh
}

export function addRings(list: EdgeList, rings: GridRings, of: number): void {
  let more = 0
  for (const ring of rings) more += ring.length
  reserveEdges(list, list.count + more)
  for (const ring of rings) {
    if (ring.length === 0) continue
    let a = ring.at(-1)!
    for (const b of ring) {
      addEdge(list, a.x, a.y, b.x, b.y, of, 1)
      a = b
    }
  }
}

let slots = new Int32Array(0)

/** Edges of one area that lie on each other cancel in pairs; of two areas they become one. */
export function cancelPairs(list: EdgeList): void {
  const { ax, ay, bx, by, of, fresh } = list
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
        of[twin] = of[twin]! ^ of[i]!
        fresh[twin] = fresh[twin]! & fresh[i]!
        break
      }
      slot = (slot + 1) & mask
    }
  }
  list.count = 0
  for (let i = 0; i < kept; i++) if (of[i] !== 0) copyEdge(list, i, list, list.count++)
}

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

export function copyEdge(from: EdgeList, i: number, to: EdgeList, j: number): void {
  to.ax[j] = from.ax[i]!
  to.ay[j] = from.ay[i]!
  to.bx[j] = from.bx[i]!
  to.by[j] = from.by[i]!
  to.of[j] = from.of[i]!
  to.fresh[j] = from.fresh[i]!
}
