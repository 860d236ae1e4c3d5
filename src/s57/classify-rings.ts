import type { Ring } from './link-rings.ts'
import { positionCount, type RingSpan, ringArea, ringContains } from './ring-measures.ts'
import type { WorkBudget } from './work-budget.ts'

const EXTERIOR = 1
const INTERIOR = 2
/** An outer boundary along the edge of the data (USAG 3). */
const TRUNCATED = 3

/** An outer ring, its signed area in square degrees, and its holes. */
export interface OuterRing {
  ring: RingSpan
  area: number
  holes: RingSpan[]
}

/**
 * Separates outer rings from holes by USAG, or by containment where USAG does not state it. `data` contains the positions of the
 * rings; each comparison is charged to the budget.
 */
export function classifyRings(
  data: Float64Array,
  rings: readonly Ring[],
  budget: WorkBudget,
  warn: (message: string) => void,
): OuterRing[] {
  const interior = rings.filter(({ usage }) => usage === INTERIOR)
  const exterior = rings.filter(({ usage }) => usage === EXTERIOR || usage === TRUNCATED)
  if (exterior.length === 0 || exterior.length + interior.length < rings.length) {
    warn('its edges do not say which rings are outer ones (USAG); derived that from which ring contains which')
    return byContainment(data, rings, budget)
  }
  const outers = exterior.map((ring) => outerOf(data, ring))
  for (const hole of interior) {
    const owner = outers.length === 1 ? outers[0]! : smallestAround(data, outers, hole, budget)
    if (owner === null) warn('left out a hole that lies outside its area')
    else owner.holes.push(hole)
  }
  return outers
}

/** Rings by size: one inside an even number of others is an outer ring, one inside an odd number is a hole. */
function byContainment(data: Float64Array, rings: readonly Ring[], budget: WorkBudget): OuterRing[] {
  const sorted = rings.map((ring) => outerOf(data, ring)).sort((a, b) => Math.abs(b.area) - Math.abs(a.area))
  const outers: OuterRing[] = []
  const placed: { ring: RingSpan; depth: number; outer: OuterRing }[] = []
  for (const candidate of sorted) {
    let depth = 0
    let around: OuterRing | null = null
    for (const other of placed) {
      budget.spend(positionCount(other.ring))
      if (!contains(data, other.ring, candidate.ring, budget)) continue
      depth++
      around = other.outer
    }
    if (depth % 2 === 1 && around !== null) around.holes.push(candidate.ring)
    else outers.push(candidate)
    placed.push({ ring: candidate.ring, depth, outer: depth % 2 === 1 && around !== null ? around : candidate })
  }
  return outers
}

function smallestAround(data: Float64Array, outers: readonly OuterRing[], hole: RingSpan, budget: WorkBudget): OuterRing | null {
  let best: OuterRing | null = null
  for (const outer of outers) {
    budget.spend(positionCount(outer.ring))
    if (contains(data, outer.ring, hole, budget) && (best === null || Math.abs(outer.area) < Math.abs(best.area))) best = outer
  }
  return best
}

/** Decided by the first position of `inner` that does not lie on the outer ring itself. */
function contains(data: Float64Array, outer: RingSpan, inner: RingSpan, budget: WorkBudget): boolean {
  for (let i = inner.start; i < inner.end; i += 2) {
    const side = ringContains(data, outer, data[i]!, data[i + 1]!)
    if (side !== null) return side
    budget.spend(positionCount(outer))
  }
  return false
}

function outerOf(data: Float64Array, ring: Ring): OuterRing {
  return { ring, area: ringArea(data, ring), holes: [] }
}
