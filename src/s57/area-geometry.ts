import { type Chain, mostPositions } from './edge-chain.ts'
import { linkRings, type Ring } from './link-rings.ts'
import type { PackedGeometry } from './packed-geometry.ts'
import { close, open, type PositionBuffer } from './position-buffer.ts'
import { type RingSpan, ringArea, ringContains } from './ring-measures.ts'
import type { WorkBudget } from './work-budget.ts'

export interface AreaBuilder {
  /** Polygon, MultiPolygon when there are several outer rings, or null when no ring closes. */
  build(chains: Chain[], budget: WorkBudget, warn: (message: string) => void): PackedGeometry | null
}

const EXTERIOR = 1
const INTERIOR = 2
/** An outer boundary along the edge of the data (USAG 3). */
const TRUNCATED = 3

/** One polygon of one ring. */
const onePath: readonly number[] = [1]

interface Outer {
  ring: RingSpan
  area: number
  holes: RingSpan[]
}

/**
 * Builds areas out of edges: rings are linked, told apart by USAG (or by which contains which), and turned as GeoJSON wants.
 * `factor` is COMF; `buffer` is where the rings are put together.
 */
export function createAreaBuilder(factor: number, buffer: PositionBuffer): AreaBuilder {
  function build(chains: Chain[], budget: WorkBudget, warn: (message: string) => void): PackedGeometry | null {
    open(buffer, mostPositions(chains))
    const rings = linkRings(chains, factor, buffer, warn)
    if (rings.length === 0) {
      warn('no closed ring could be made of its edges')
      return null
    }
    if (rings.length > 1) return pack(classify(rings, budget, warn))
    const ring = rings[0]!
    if (!(ringArea(buffer.data, ring) > 0)) reverse(buffer.data, ring.start, ring.end)
    return { type: 'Polygon', positions: close(buffer), width: 2, paths: [sizeOf(ring)], polygons: onePath }
  }

  function pack(outers: readonly Outer[]): PackedGeometry {
    const order: RingSpan[] = []
    const paths: number[] = []
    const polygons: number[] = []
    let count = 0
    const put = (ring: RingSpan, turn: boolean) => {
      if (turn) reverse(buffer.data, ring.start, ring.end)
      order.push(ring)
      count += sizeOf(ring)
      paths.push(count)
    }
    for (const { ring, area, holes } of outers) {
      put(ring, !(area > 0))
      for (const hole of holes) put(hole, ringArea(buffer.data, hole) > 0)
      polygons.push(paths.length)
    }
    const type = polygons.length === 1 ? 'Polygon' : 'MultiPolygon'
    return { type, positions: inOrder(order, count), width: 2, paths, polygons }
  }

  /** The rings back to back; where they lie, when that is their order already (an outer ring before its holes, as usual). */
  function inOrder(rings: readonly RingSpan[], count: number): Float64Array {
    const lie = rings.every(({ start }, i) => start === (rings[i - 1]?.end ?? buffer.start))
    if (lie) return close(buffer)
    const positions = new Float64Array(count * 2)
    let at = 0
    for (const { start, end } of rings) {
      positions.set(buffer.data.subarray(start, end), at)
      at += end - start
    }
    return positions
  }

  function classify(rings: Ring[], budget: WorkBudget, warn: (message: string) => void): Outer[] {
    const interior = rings.filter(({ usage }) => usage === INTERIOR)
    const exterior = rings.filter(({ usage }) => usage === EXTERIOR || usage === TRUNCATED)
    if (exterior.length === 0 || exterior.length + interior.length < rings.length) {
      warn('its edges do not say which bound it from outside (USAG); that was taken from which ring contains which')
      return byContainment(rings, budget)
    }
    const outers = exterior.map(outerOf)
    for (const hole of interior) {
      const owner = outers.length === 1 ? outers[0]! : smallestAround(outers, hole, budget)
      if (owner === null) warn('a hole that lies outside of its area was left out')
      else owner.holes.push(hole)
    }
    return outers
  }

  /** Rings by size: one inside an even number of others is an outer ring, one inside an odd number is a hole. */
  function byContainment(rings: Ring[], budget: WorkBudget): Outer[] {
    const sorted = rings.map(outerOf).sort((a, b) => Math.abs(b.area) - Math.abs(a.area))
    const outers: Outer[] = []
    const placed: { ring: RingSpan; depth: number; outer: Outer }[] = []
    for (const candidate of sorted) {
      let depth = 0
      let around: Outer | null = null
      for (const other of placed) {
        budget.spend(sizeOf(other.ring))
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

  function smallestAround(outers: readonly Outer[], hole: RingSpan, budget: WorkBudget): Outer | null {
    let best: Outer | null = null
    for (const outer of outers) {
      budget.spend(sizeOf(outer.ring))
      if (contains(outer.ring, hole, budget) && (best === null || Math.abs(outer.area) < Math.abs(best.area))) best = outer
    }
    return best
  }

  /** Decided by the first position of `inner` that does not lie on the outer ring itself. */
  function contains(outer: RingSpan, inner: RingSpan, budget: WorkBudget): boolean {
    const { data } = buffer
    for (let i = inner.start; i < inner.end; i += 2) {
      const side = ringContains(data, outer, data[i]!, data[i + 1]!)
      if (side !== null) return side
      budget.spend(sizeOf(outer))
    }
    return false
  }

  function outerOf(ring: Ring): Outer {
    return { ring, area: ringArea(buffer.data, ring), holes: [] }
  }

  return { build }
}

function sizeOf({ start, end }: RingSpan): number {
  return (end - start) / 2
}

/** Turns the positions from `start` to `end` round, in place. */
function reverse(data: Float64Array, start: number, end: number): void {
  for (let low = start, high = end - 2; low < high; low += 2, high -= 2) {
    const x = data[low]!
    const y = data[low + 1]!
    data[low] = data[high]!
    data[low + 1] = data[high + 1]!
    data[high] = x
    data[high + 1] = y
  }
}
