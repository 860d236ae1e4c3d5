import { NO_DEPTH } from '../format/compiled-cell.ts'

/** A polygon of a depth area: its rings in world units (x, y), the exterior first, and DRVAL1 in millimetres. */
export interface DepthArea {
  rings: Int32Array[]
  depth: number
}

/** Bounds the search in a hostile cell; a real one needs a few million steps. */
const MOST_STEPS = 200_000_000

/** Returns a function that finds the DRVAL1 of the deepest depth area at a position; NO_DEPTH for none. */
export function createDepthAreaFinder(areas: readonly DepthArea[]): (x: number, y: number) => number {
  const boxes = areas.map(({ rings }) => boxOf(rings[0]!))
  let steps = MOST_STEPS
  return (x, y) => {
    let deepest = NO_DEPTH
    for (let i = 0; i < areas.length; i++) {
      const [minX, minY, maxX, maxY] = boxes[i]!
      if (x < minX || y < minY || x > maxX || y > maxY) continue
      const { rings, depth } = areas[i]!
      if (depth <= deepest) continue
      for (const ring of rings) steps -= ring.length
      if (steps < 0) return deepest
      if (isInside(rings, x, y)) deepest = depth
    }
    return deepest
  }
}

/** Whether a position is inside, by the even-odd rule over all rings, holes included. */
function isInside(rings: readonly Int32Array[], x: number, y: number): boolean {
  let inside = false
  for (const ring of rings) {
    let ax = ring[ring.length - 2]!
    let ay = ring[ring.length - 1]!
    for (let i = 0; i < ring.length; i += 2) {
      const bx = ring[i]!
      const by = ring[i + 1]!
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside
      ax = bx
      ay = by
    }
  }
  return inside
}

function boxOf(ring: Int32Array): readonly [number, number, number, number] {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < ring.length; i += 2) {
    minX = Math.min(minX, ring[i]!)
    maxX = Math.max(maxX, ring[i]!)
    minY = Math.min(minY, ring[i + 1]!)
    maxY = Math.max(maxY, ring[i + 1]!)
  }
  return [minX, minY, maxX, maxY]
}
