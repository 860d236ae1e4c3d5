import { addEdge, cancelPairs, copyEdge, createEdgeList, type EdgeList, reserveEdges, sortEdges } from './edge-list.ts'

/** Never reached: rounding settles after a few rounds. */
const MOST_ROUNDS = 40

// Scratch memory, reused by every call.
const sorted = createEdgeList()
const next = createEdgeList()
/** The cut points: one linked list per edge, ended by -1. */
let firstCut = new Int32Array(0)
let cutX = new Int32Array(64)
let cutY = new Int32Array(64)
let nextCut = new Int32Array(64)
let cuts = 0
/** The fresh edges, in their order. */
let freshEdges = new Int32Array(0)

/**
 * Cuts edges where they meet, until they meet only in vertices. Crossings are rounded to whole numbers; when that moves an edge
 * across another, the next round cuts it again (iterated snap rounding, Halperin and Packer 2002).
 *
 * @param edges changed by the call.
 * @returns the edges sorted by their left end, in a list that the next call overwrites.
 */
export function nodeEdges(edges: EdgeList): EdgeList {
  cancelPairs(edges)
  let current = edges
  for (let round = 0; round < MOST_ROUNDS; round++) {
    sortEdges(current, sorted)
    findCuts(sorted)
    if (cuts === 0) return sorted
    reserveEdges(next, sorted.count + cuts)
    next.count = 0
    for (let i = 0; i < sorted.count; i++) {
      if (firstCut[i] === -1) {
        copyEdge(sorted, i, next, next.count++)
        next.fresh[next.count - 1] = 0
      } else cutEdge(sorted, i, next)
    }
    cancelPairs(next)
    current = next
  }
  throw new Error('noding the edges of an area did not settle')
}

// The functions below are declared once, not in each call: V8 discards the optimised code of a function together with the function.

/** Compares only pairs with a fresh edge: all others were compared in an earlier round, or come noded, and meet only in vertices. */
function findCuts(edges: EdgeList): void {
  const { count, ax, ay, bx, by, fresh } = edges
  if (firstCut.length < count) {
    firstCut = new Int32Array(2 * count)
    freshEdges = new Int32Array(2 * count)
  }
  firstCut.fill(-1, 0, count)
  cuts = 0
  let freshCount = 0
  for (let i = 0; i < count; i++) if (fresh[i] === 1) freshEdges[freshCount++] = i
  /** Index in `freshEdges` of the first one after edge i. */
  let nextFresh = 0
  for (let i = 0; i < count; i++) {
    const right = bx[i]!
    const a = ay[i]!
    const b = by[i]!
    const low = Math.min(a, b)
    const high = Math.max(a, b)
    if (fresh[i] === 1) {
      nextFresh++
      for (let j = i + 1; j < count && ax[j]! <= right; j++) {
        if (isWithin(ay[j]!, by[j]!, low, high)) cutWhereTheyMeet(edges, i, j)
      }
    } else {
      // Skips the old edges: in a large area that loses a small one, nearly all are.
      for (let k = nextFresh; k < freshCount && ax[freshEdges[k]!]! <= right; k++) {
        const j = freshEdges[k]!
        if (isWithin(ay[j]!, by[j]!, low, high)) cutWhereTheyMeet(edges, i, j)
      }
    }
  }
}

/** Whether an edge from c to d may have a part between low and high. */
function isWithin(c: number, d: number, low: number, high: number): boolean {
  return !(c > high && d > high) && !(c < low && d < low)
}

/** Cuts two edges in their crossing, or one where an end of the other touches it. */
function cutWhereTheyMeet(edges: EdgeList, e: number, f: number): void {
  const { ax, ay, bx, by } = edges
  const eax = ax[e]!
  const eay = ay[e]!
  const ebx = bx[e]!
  const eby = by[e]!
  const fax = ax[f]!
  const fay = ay[f]!
  const fbx = bx[f]!
  const fby = by[f]!
  const ex = ebx - eax
  const ey = eby - eay
  const d1 = ex * (fay - eay) - ey * (fax - eax)
  const d2 = ex * (fby - eay) - ey * (fbx - eax)
  if ((d1 > 0 && d2 > 0) || (d1 < 0 && d2 < 0)) return
  const fx = fbx - fax
  const fy = fby - fay
  const d3 = fx * (eay - fay) - fy * (eax - fax)
  const d4 = fx * (eby - fay) - fy * (ebx - fax)
  if ((d3 > 0 && d4 > 0) || (d3 < 0 && d4 < 0)) return
  if (d1 !== 0 && d2 !== 0 && d3 !== 0 && d4 !== 0) {
    const t = d1 / (d1 - d2)
    const x = Math.round(fax + t * fx)
    const y = Math.round(fay + t * fy)
    cut(edges, e, x, y)
    cut(edges, f, x, y)
    return
  }
  if (d1 === 0 && isOnEdge(edges, e, fax, fay)) cut(edges, e, fax, fay)
  if (d2 === 0 && isOnEdge(edges, e, fbx, fby)) cut(edges, e, fbx, fby)
  if (d3 === 0 && isOnEdge(edges, f, eax, eay)) cut(edges, f, eax, eay)
  if (d4 === 0 && isOnEdge(edges, f, ebx, eby)) cut(edges, f, ebx, eby)
}

/** Whether a point on the line through an edge lies on the edge itself. */
function isOnEdge({ ax, ay, bx, by }: EdgeList, e: number, x: number, y: number): boolean {
  return x >= ax[e]! && x <= bx[e]! && y >= Math.min(ay[e]!, by[e]!) && y <= Math.max(ay[e]!, by[e]!)
}

function cut({ ax, ay, bx, by }: EdgeList, e: number, x: number, y: number): void {
  if ((ax[e] === x && ay[e] === y) || (bx[e] === x && by[e] === y)) return
  if (cuts === cutX.length) growCuts()
  cutX[cuts] = x
  cutY[cuts] = y
  nextCut[cuts] = firstCut[e]!
  firstCut[e] = cuts++
}

function growCuts(): void {
  const grown = (column: Int32Array) => {
    const larger = new Int32Array(2 * column.length)
    larger.set(column)
    return larger
  }
  cutX = grown(cutX)
  cutY = grown(cutY)
  nextCut = grown(nextCut)
}

/** Appends the pieces of an edge, from its left end to its right. */
function cutEdge({ ax, ay, bx, by, areas }: EdgeList, i: number, to: EdgeList): void {
  const points: number[] = []
  for (let cut = firstCut[i]!; cut !== -1; cut = nextCut[cut]!) points.push(cut)
  const x = ax[i]!
  const y = ay[i]!
  const along = (cut: number) => Math.abs(cutX[cut]! - x) + Math.abs(cutY[cut]! - y)
  if (points.length > 1) points.sort((p, q) => along(p) - along(q) || p - q)
  let fromX = x
  let fromY = y
  for (const cut of points) {
    addEdge(to, fromX, fromY, cutX[cut]!, cutY[cut]!, areas[i]!, 1)
    fromX = cutX[cut]!
    fromY = cutY[cut]!
  }
  addEdge(to, fromX, fromY, bx[i]!, by[i]!, areas[i]!, 1)
}
