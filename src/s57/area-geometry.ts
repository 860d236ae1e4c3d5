import { classifyRings, type OuterRing } from './classify-rings.ts'
import { type Chain, mostPositions } from './edge-chain.ts'
import { linkRings } from './link-rings.ts'
import type { PackedGeometry } from './packed-geometry.ts'
import { close, open, type PositionBuffer } from './position-buffer.ts'
import { positionCount, type RingSpan, reverseRing, ringArea } from './ring-measures.ts'
import type { WorkBudget } from './work-budget.ts'

/** One polygon of one ring. */
const onePath: readonly number[] = [1]

/**
 * Builds an area from its edges: links rings, separates holes from outer rings, and orients both as GeoJSON requires. Returns a
 * Polygon, a MultiPolygon when there are several outer rings, or null when no ring closes. `factor` is COMF; the rings are assembled
 * in `buffer`.
 */
export function buildArea(
  chains: readonly Chain[],
  factor: number,
  buffer: PositionBuffer,
  budget: WorkBudget,
  warn: (message: string) => void,
): PackedGeometry | null {
  open(buffer, mostPositions(chains))
  const rings = linkRings(chains, factor, buffer, warn)
  if (rings.length === 0) {
    warn('its edges form no closed ring')
    return null
  }
  if (rings.length > 1) return pack(classifyRings(buffer.data, rings, budget, warn), buffer)
  const ring = rings[0]!
  if (!(ringArea(buffer.data, ring) > 0)) turnRing(buffer, ring)
  return { type: 'Polygon', ...close(buffer), width: 2, paths: [positionCount(ring)], polygons: onePath }
}

/** Turns outer rings counter-clockwise and holes clockwise, and packs them. */
function pack(outers: readonly OuterRing[], buffer: PositionBuffer): PackedGeometry {
  const { data } = buffer
  const order: RingSpan[] = []
  const paths: number[] = []
  const polygons: number[] = []
  let count = 0
  const put = (ring: RingSpan, turn: boolean) => {
    if (turn) turnRing(buffer, ring)
    order.push(ring)
    count += positionCount(ring)
    paths.push(count)
  }
  for (const { ring, area, holes } of outers) {
    put(ring, !(area > 0))
    for (const hole of holes) put(hole, ringArea(data, hole) > 0)
    polygons.push(paths.length)
  }
  const type = polygons.length === 1 ? 'Polygon' : 'MultiPolygon'
  return { type, ...inOrder(order, count, buffer), width: 2, paths, polygons }
}

/** Concatenates the rings. Usually the buffer already has them in order, outer rings before their holes, and nothing is copied. */
function inOrder(rings: readonly RingSpan[], count: number, buffer: PositionBuffer): ReturnType<typeof close> {
  const inPlace = rings.every(({ start }, i) => start === (rings[i - 1]?.end ?? buffer.start))
  if (inPlace) return close(buffer)
  const positions = new Float64Array(count * 2)
  const flags = new Uint8Array(count)
  let at = 0
  for (const { start, end } of rings) {
    positions.set(buffer.data.subarray(start, end), at)
    flags.set(buffer.flags.subarray(start / 2, end / 2), at / 2)
    at += end - start
  }
  return { positions, flags: buffer.hasFlags ? flags : null }
}

/** Reverses a ring in place: its first position stays first, and each flag stays with its segment. */
function turnRing({ data, flags }: PositionBuffer, ring: RingSpan): void {
  reverseRing(data, ring)
  flags.subarray(ring.start / 2 + 1, ring.end / 2).reverse()
}
