import type { Position } from '#s57/geometry.ts'
import { pairs } from './pairs.ts'

/**
 * Follows directed edges, from each vertex to the next, into chains. A chain that returns to its first vertex repeats it at the end.
 */
export function linkChains(next: ReadonlyMap<number, number>): number[][] {
  const hasBefore = new Set(next.values())
  const left = new Map(next)
  const chains: number[][] = []
  const follow = (start: number) => {
    const chain = [start]
    let from = start
    for (let to = left.get(from); to !== undefined; to = left.get(from)) {
      left.delete(from)
      chain.push(to)
      from = to
    }
    chains.push(chain)
  }
  for (const start of next.keys()) if (!hasBefore.has(start)) follow(start)
  for (const start of next.keys()) if (left.has(start)) follow(start)
  return chains
}

/** Sorts rings into polygons: counter-clockwise ones are exteriors, and each clockwise one is a hole of the smallest around it. */
export function assemblePolygons(rings: readonly Position[][]): Position[][][] {
  const closed = rings.map(close)
  const polygons = closed
    .map((exterior) => ({ exterior, holes: [] as Position[][], area: signedArea(exterior) }))
    .filter(({ area }) => area > 0)
    .toSorted((a, b) => a.area - b.area)
  for (const ring of closed) {
    if (signedArea(ring) > 0) continue
    const [position = []] = ring
    const around = polygons.find(({ exterior }) => isInside(position, exterior))
    if (around === undefined) throw new Error('a hole lies in no polygon: the bands do not tile the grid')
    around.holes.push(ring)
  }
  return polygons.map(({ exterior, holes }) => [exterior, ...holes])
}

/** Closes a ring whose closing vertex was omitted. */
function close(ring: Position[]): Position[] {
  const [first] = ring
  const last = ring.at(-1)
  if (first === undefined || last === undefined) return ring
  return first[0] === last[0] && first[1] === last[1] ? ring : [...ring, first]
}

/** Returns twice the area, positive for a counter-clockwise ring. */
export function signedArea(ring: readonly Position[]): number {
  let sum = 0
  for (const [[ax = 0, ay = 0], [bx = 0, by = 0]] of pairs(ring)) sum += ax * by - bx * ay
  return sum
}

/** Whether a position lies inside a closed ring. */
export function isInside([x = 0, y = 0]: Position, ring: readonly Position[]): boolean {
  let inside = false
  for (const [[ax = 0, ay = 0], [bx = 0, by = 0]] of pairs(ring)) {
    if (ay > y !== by > y && x < ax + ((bx - ax) * (y - ay)) / (by - ay)) inside = !inside
  }
  return inside
}
