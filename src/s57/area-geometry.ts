import type { Chain } from './edge-chain.ts'
import type { Geometry, Position } from './geometry.ts'
import { linkRings, type Ring } from './link-rings.ts'
import { ringArea, ringContains } from './ring-measures.ts'
import type { WorkBudget } from './work-budget.ts'

export interface AreaBuilder {
  /** Polygon, MultiPolygon when there are several outer rings, or null when no ring closes. */
  build(chains: Chain[], budget: WorkBudget, warn: (message: string) => void): Geometry | null
}

const EXTERIOR = 1
const INTERIOR = 2
/** An outer boundary along the edge of the data (USAG 3). */
const TRUNCATED = 3

interface Outer {
  ring: Position[]
  area: number
  holes: Position[][]
}

/** Builds areas out of edges: rings are linked, told apart by USAG (or by which contains which), and turned as GeoJSON wants. `factor` is COMF. */
export function createAreaBuilder(factor: number): AreaBuilder {
  function build(chains: Chain[], budget: WorkBudget, warn: (message: string) => void): Geometry | null {
    const rings = linkRings(chains, factor, warn)
    if (rings.length === 0) {
      warn('no closed ring could be made of its edges')
      return null
    }
    const outers = rings.length === 1 ? [outerOf(rings[0]!)] : classify(rings, budget, warn)
    const polygons = outers.map(({ ring, area, holes }) => [
      turned(ring, area, true),
      ...holes.map((hole) => turned(hole, ringArea(hole), false)),
    ])
    if (polygons.length === 1) return { type: 'Polygon', coordinates: polygons[0]! }
    return { type: 'MultiPolygon', coordinates: polygons }
  }

  function classify(rings: Ring[], budget: WorkBudget, warn: (message: string) => void): Outer[] {
    const interior = rings.filter(({ usage }) => usage === INTERIOR)
    const exterior = rings.filter(({ usage }) => usage === EXTERIOR || usage === TRUNCATED)
    if (exterior.length === 0 || exterior.length + interior.length < rings.length) {
      warn('its edges do not say which bound it from outside (USAG); that was taken from which ring contains which')
      return byContainment(rings, budget)
    }
    const outers = exterior.map(outerOf)
    for (const { positions } of interior) {
      const owner = outers.length === 1 ? outers[0]! : smallestAround(outers, positions, budget)
      if (owner === null) warn('a hole that lies outside of its area was left out')
      else owner.holes.push(positions)
    }
    return outers
  }

  /** Rings by size: one inside an even number of others is an outer ring, one inside an odd number is a hole. */
  function byContainment(rings: Ring[], budget: WorkBudget): Outer[] {
    const sorted = rings.map(outerOf).sort((a, b) => Math.abs(b.area) - Math.abs(a.area))
    const outers: Outer[] = []
    const placed: { ring: Position[]; depth: number; outer: Outer }[] = []
    for (const candidate of sorted) {
      let depth = 0
      let around: Outer | null = null
      for (const other of placed) {
        budget.spend(other.ring.length)
        if (!contains(other.ring, candidate.ring, budget)) continue
        depth++
        around = other.outer
      }
      if (depth % 2 === 1 && around !== null) around.holes.push(candidate.ring)
      else outers.push(candidate)
      placed.push({ ring: candidate.ring, depth, outer: depth % 2 === 1 && around !== null ? around : candidate })
    }
    return outers
  }

  function smallestAround(outers: readonly Outer[], hole: Position[], budget: WorkBudget): Outer | null {
    let best: Outer | null = null
    for (const outer of outers) {
      budget.spend(outer.ring.length)
      if (contains(outer.ring, hole, budget) && (best === null || Math.abs(outer.area) < Math.abs(best.area))) best = outer
    }
    return best
  }

  /** Decided by the first position of `inner` that does not lie on the outer ring itself. */
  function contains(outer: Position[], inner: Position[], budget: WorkBudget): boolean {
    for (const position of inner) {
      const side = ringContains(outer, position)
      if (side !== null) return side
      budget.spend(outer.length)
    }
    return false
  }

  return { build }
}

function outerOf({ positions }: Ring): Outer {
  return { ring: positions, area: ringArea(positions), holes: [] }
}

/** The ring counter-clockwise or clockwise (RFC 7946, 3.1.6). */
function turned(ring: Position[], area: number, counterClockwise: boolean): Position[] {
  return area > 0 === counterClockwise ? ring : ring.reverse()
}
