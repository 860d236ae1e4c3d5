import { addRings, createEdgeList, type EdgeList, sortEdges } from './edge-list.ts'
import type { GridRings } from './grid.ts'
import { createPointIds } from './point-ids.ts'

/** What is wrong with a polygon: the first thing found. */
export type PolygonFault = 'crossing' | 'touching'

// Used for one call at a time.
const edges = createEdgeList()
const sorted = createEdgeList()
const ids = createPointIds()
let owner = new Int32Array(0)

/**
 * Looks for edges of a polygon that cross, overlap, or (within one ring) touch other than as neighbours. Two different rings may
 * touch in single points, as OGC's simple features allow.
 *
 * A sweep over edges sorted by their left end: the work grows with the edges that lie above each other, not with their square.
 */
export function findFault(rings: GridRings): PolygonFault | null {
  const touching = meetsTwice(rings)
  const fault = sweep(rings, false)
  return fault === null && touching ? 'touching' : fault
}

/** Whether `findFault` would find anything; sooner known. */
export function hasFault(rings: GridRings): boolean {
  return meetsTwice(rings) || sweep(rings, true) !== null
}

/** @param any whether to stop at the first fault, whichever it is. */
function sweep(rings: GridRings, any: boolean): PolygonFault | null {
  edges.count = 0
  addRings(edges, rings, 1)
  sortEdges(edges, sorted)
  const { count, ax, ay, bx, by } = sorted
  let touching = false
  for (let i = 0; i < count; i++) {
    const right = bx[i]!
    const a = ay[i]!
    const b = by[i]!
    const low = Math.min(a, b)
    const high = Math.max(a, b)
    for (let j = i + 1; j < count; j++) {
      if (ax[j]! > right) break
      const c = ay[j]!
      const d = by[j]!
      if ((c > high && d > high) || (c < low && d < low)) continue
      const fault = compare(sorted, i, j)
      if (fault === null) continue
      if (any || fault === 'crossing') return fault
      touching = true
    }
  }
  return touching ? 'touching' : null
}

function compare({ ax, ay, bx, by }: EdgeList, i: number, j: number): PolygonFault | null {
  const iax = ax[i]!
  const iay = ay[i]!
  const jax = ax[j]!
  const jay = ay[j]!
  const dx = bx[i]! - iax
  const dy = by[i]! - iay
  const s1 = dx * (jay - iay) - dy * (jax - iax)
  const s2 = dx * (by[j]! - iay) - dy * (bx[j]! - iax)
  if ((s1 > 0 && s2 > 0) || (s1 < 0 && s2 < 0)) return null
  const ex = bx[j]! - jax
  const ey = by[j]! - jay
  const s3 = ex * (iay - jay) - ey * (iax - jax)
  const s4 = ex * (by[i]! - jay) - ey * (bx[i]! - jax)
  if ((s3 > 0 && s4 > 0) || (s3 < 0 && s4 < 0)) return null
  if (s1 === 0 && s2 === 0) {
    // Of two edges on one line: whether they have more than a point in common.
    const overlap = dx === 0 ? Math.max(iay, jay) < Math.min(by[i]!, by[j]!) : Math.max(iax, jax) < Math.min(bx[i]!, bx[j]!)
    return overlap ? 'crossing' : null
  }
  if (s1 !== 0 && s2 !== 0 && s3 !== 0 && s4 !== 0) return 'crossing'
  // One end lies on the other edge. When it is an end of both, it is a common vertex: those are looked for apart.
  const shared =
    (iax === jax && iay === jay) ||
    (iax === bx[j] && iay === by[j]) ||
    (bx[i] === jax && by[i] === jay) ||
    (bx[i] === bx[j] && by[i] === by[j])
  // A vertex in the middle of another ring's edge may hide a crossing there, so it is never let through.
  return shared ? null : 'touching'
}

/**
 * Whether a ring comes to one point twice, or two rings meet in more than one. Rings that cross in a common vertex cross an even
 * number of times, so they are found here too.
 */
function meetsTwice(rings: GridRings): boolean {
  let most = 0
  for (const ring of rings) most += ring.length
  ids.reset(most)
  if (owner.length < most) owner = new Int32Array(2 * most)
  let meetings: Set<number> | null = null
  let found = 0
  for (let number = 0; number < rings.length; number++) {
    for (const { x, y } of rings[number]!) {
      const id = ids.idOf(x, y)
      if (id === found) {
        owner[found++] = number
        continue
      }
      const other = owner[id]!
      if (other === number) return true
      const pair = Math.min(other, number) * rings.length + Math.max(other, number)
      meetings ??= new Set()
      if (meetings.has(pair)) return true
      meetings.add(pair)
    }
  }
  return false
}
