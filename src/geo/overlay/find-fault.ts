import { addRings, createEdgeList, type EdgeList, sortEdges } from './edge-list.ts'
import type { GridRings } from './grid.ts'
import { createPointIds } from './point-ids.ts'

/** Why a polygon is invalid. */
export type PolygonFault = 'crossing' | 'touching'

// Scratch memory, reused by every call.
const edges = createEdgeList()
const sorted = createEdgeList()
const ids = createPointIds()
let owner = new Int32Array(0)

/**
 * Checks a polygon for edges that cross, overlap, or touch within one ring other than as neighbours. Two different rings may touch
 * in one point, as OGC simple features allow.
 *
 * It sweeps over edges sorted by their left end, so each edge is compared only with those above or below it.
 *
 * @returns `crossing` before `touching` when there are both; null for a valid polygon.
 */
export function findFault(rings: GridRings): PolygonFault | null {
  const touching = meetsTwice(rings)
  const fault = sweep(rings, false)
  return fault === null && touching ? 'touching' : fault
}

/** Whether `findFault` would find anything; faster, because it stops at the first fault. */
export function hasFault(rings: GridRings): boolean {
  return meetsTwice(rings) || sweep(rings, true) !== null
}

/** @param any whether to stop at the first fault of either kind. */
function sweep(rings: GridRings, any: boolean): PolygonFault | null {
  edges.count = 0
  addRings(edges, rings, 1, 1)
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
    // Edges on one line are a fault when they share more than a point.
    const overlap = dx === 0 ? Math.max(iay, jay) < Math.min(by[i]!, by[j]!) : Math.max(iax, jax) < Math.min(bx[i]!, bx[j]!)
    return overlap ? 'crossing' : null
  }
  if (s1 !== 0 && s2 !== 0 && s3 !== 0 && s4 !== 0) return 'crossing'
  // One end lies on the other edge. `meetsTwice` checks the ends that both edges share.
  const shared =
    (iax === jax && iay === jay) ||
    (iax === bx[j] && iay === by[j]) ||
    (bx[i] === jax && by[i] === jay) ||
    (bx[i] === bx[j] && by[i] === by[j])
  // A vertex on another ring's edge is a fault even alone: it may hide a crossing.
  return shared ? null : 'touching'
}

/**
 * Whether a ring passes one vertex twice, or two rings share more than one vertex. Two rings cross an even number of times, so this
 * also finds rings that cross in a shared vertex.
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
