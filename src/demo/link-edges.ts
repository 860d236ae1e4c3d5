import type { Position } from '#s57/geometry.ts'

/**
 * Follows directed edges, from each vertex to the next, into chains. A chain that comes back to its beginning repeats its
 * first vertex at the end.
 */
export function linkChains(next: ReadonlyMap<number, number>): number[][] {
  const hasBefore = new Set(next.values())
  const left = new Map(next)
  const chains: number[][] = []
  const follow = (start: number) => {
    const chain = [start]
    for (let to = left.get(start); to !== undefined; to = left.get(to)) {
      left.delete(chain.at(-1)!)
      chain.push(to)
    }
    chains.push(chain)
  }
  for (const start of next.keys()) if (!hasBefore.has(start)) follow(start)
  for (const start of next.keys()) if (left.has(start)) follow(start)
  return chains
}

/** Sorts closed rings into polygons: counter-clockwise ones are outer rings, each clockwise one a hole of the smallest around it. */
export function assemblePolygons(rings: readonly Position[][]): Position[][][] {
  const closed = rings.map(close)
  const outer = closed
    .map((ring) => ({ rings: [ring], area: signedArea(ring) }))
    .filter(({ area }) => area > 0)
    .toSorted((a, b) => a.area - b.area)
  for (const ring of closed) {
    if (signedArea(ring) > 0) continue
    const around = outer.find((polygon) => isInside(ring[0]!, polygon.rings[0]!))
    if (around === undefined) throw new Error('a hole lies in no polygon: the bands do not tile')
    around.rings.push(ring)
  }
  return outer.map((polygon) => polygon.rings)
}

/** Leaving vertices out may have taken the closing one away. */
function close(ring: Position[]): Position[] {
  const first = ring[0]!
  const last = ring.at(-1)!
  return first[0] === last[0] && first[1] === last[1] ? ring : [...ring, first]
}

/** Twice the area, positive when counter-clockwise. */
export function signedArea(ring: readonly Position[]): number {
  let sum = 0
  for (let i = 0; i + 1 < ring.length; i++) sum += ring[i]![0]! * ring[i + 1]![1]! - ring[i + 1]![0]! * ring[i]![1]!
  return sum
}

/** True when the position lies inside the closed ring. */
export function isInside([x = 0, y = 0]: Position, ring: readonly Position[]): boolean {
  let inside = false
  for (let i = 0; i + 1 < ring.length; i++) {
    const [ax = 0, ay = 0] = ring[i]!
    const [bx = 0, by = 0] = ring[i + 1]!
    if (ay > y !== by > y && x < ax + ((bx - ax) * (y - ay)) / (by - ay)) inside = !inside
  }
  return inside
}
