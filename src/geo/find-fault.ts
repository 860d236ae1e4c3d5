import { type GridRings, pointKey } from './grid.ts'

/** What is wrong with a polygon: the first thing found. */
export type PolygonFault = 'crossing' | 'touching'

/** Edges are compared pair by pair below this many; above it they are sorted first. */
const FEW = 24

/**
 * Looks for edges of a polygon that cross, overlap, or (within one ring) touch other than as neighbours. Two different rings may
 * touch in single points, as OGC's simple features allow.
 *
 * A sweep over edges sorted by their left end: the work grows with the edges that lie above each other, not with their square.
 */
export function findFault(rings: GridRings): PolygonFault | null {
  let count = 0
  for (const ring of rings) count += ring.length
  const ax = new Float64Array(count)
  const ay = new Float64Array(count)
  const bx = new Float64Array(count)
  const by = new Float64Array(count)
  const ringOf = new Int32Array(count)
  let n = 0
  rings.forEach((ring, number) => {
    let a = ring.at(-1)!
    for (const b of ring) {
      // From left to right, so that the sweep can stop at the right end.
      const forwards = a.x < b.x || (a.x === b.x && a.y < b.y)
      ax[n] = forwards ? a.x : b.x
      ay[n] = forwards ? a.y : b.y
      bx[n] = forwards ? b.x : a.x
      by[n] = forwards ? b.y : a.y
      ringOf[n] = number
      n++
      a = b
    }
  })
  const order = new Uint32Array(count)
  for (let i = 0; i < count; i++) order[i] = i
  if (count > FEW) order.sort((i, j) => ax[i]! - ax[j]!)

  let touching = false
  for (let p = 0; p < count; p++) {
    const i = order[p]!
    const right = bx[i]!
    const low = Math.min(ay[i]!, by[i]!)
    const high = Math.max(ay[i]!, by[i]!)
    for (let q = p + 1; q < count; q++) {
      const j = order[q]!
      if (count > FEW && ax[j]! > right) break
      if (Math.min(ay[j]!, by[j]!) > high || Math.max(ay[j]!, by[j]!) < low) continue
      const fault = compare(i, j)
      if (fault === 'crossing') return fault
      if (fault === 'touching') touching = true
    }
  }
  if (touching || meetsTwice(rings)) return 'touching'
  return null

  function compare(i: number, j: number): PolygonFault | null {
    const dx = bx[i]! - ax[i]!
    const dy = by[i]! - ay[i]!
    const s1 = Math.sign(dx * (ay[j]! - ay[i]!) - dy * (ax[j]! - ax[i]!))
    const s2 = Math.sign(dx * (by[j]! - ay[i]!) - dy * (bx[j]! - ax[i]!))
    if (s1 * s2 > 0) return null
    const ex = bx[j]! - ax[j]!
    const ey = by[j]! - ay[j]!
    const s3 = Math.sign(ex * (ay[i]! - ay[j]!) - ey * (ax[i]! - ax[j]!))
    const s4 = Math.sign(ex * (by[i]! - ay[j]!) - ey * (bx[i]! - ax[j]!))
    if (s3 * s4 > 0) return null
    if (s1 === 0 && s2 === 0) return overlap(i, j) ? 'crossing' : null
    if (s1 * s2 < 0 && s3 * s4 < 0) return 'crossing'
    // One end lies on the other edge. When it is an end of both, it is a common vertex: those are looked for apart.
    const shared =
      (ax[i] === ax[j] && ay[i] === ay[j]) ||
      (ax[i] === bx[j] && ay[i] === by[j]) ||
      (bx[i] === ax[j] && by[i] === ay[j]) ||
      (bx[i] === bx[j] && by[i] === by[j])
    if (shared) return null
    // A vertex in the middle of another ring's edge may hide a crossing there, so it is never let through.
    return 'touching'
  }

  /** Of two edges on one line: whether they have more than a point in common. */
  function overlap(i: number, j: number): boolean {
    if (ax[i] === bx[i]) return Math.max(ay[i]!, ay[j]!) < Math.min(by[i]!, by[j]!)
    return Math.max(ax[i]!, ax[j]!) < Math.min(bx[i]!, bx[j]!)
  }
}

/**
 * Whether a ring comes to one point twice, or two rings meet in more than one. Rings that cross in a common vertex cross an even
 * number of times, so they are found here too.
 */
function meetsTwice(rings: GridRings): boolean {
  const owner = new Map<number, number>()
  const meetings = new Set<number>()
  for (let number = 0; number < rings.length; number++) {
    for (const point of rings[number]!) {
      const key = pointKey(point)
      const other = owner.get(key)
      if (other === undefined) owner.set(key, number)
      else {
        if (other === number) return true
        const pair = Math.min(other, number) * rings.length + Math.max(other, number)
        if (meetings.has(pair)) return true
        meetings.add(pair)
      }
    }
  }
  return false
}
