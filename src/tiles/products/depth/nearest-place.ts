import { ellipsoidDistance } from '#geo/ellipsoid-distance.ts'
import { latitudeOfY, longitudeOfX } from '#geo/world.ts'
import type { Corridor } from './corridor.ts'
import { placeOnSegment } from './segment-distance.ts'

/** Where a danger comes nearest to the line. */
export interface NearestPlace {
  stretch: number
  /** Along the stretch, 0 to 1. */
  place: number
  /** Of the danger, in the units of the corridor. */
  x: number
  y: number
  /** Metres between the two. */
  offset: number
}

/**
 * Finds where a path comes nearest to the stretches; null where it is not within reach of any.
 *
 * @param path x, y, x, y ...; one position for a point.
 */
export function nearestPlace(path: ArrayLike<number>, { ends, near }: Corridor): NearestPlace | null {
  let best: NearestPlace | null = null
  const consider = (stretch: number, place: number, x: number, y: number) => {
    const [ax, ay, bx, by] = [ends[stretch * 4]!, ends[stretch * 4 + 1]!, ends[stretch * 4 + 2]!, ends[stretch * 4 + 3]!]
    const offset = ellipsoidDistance(degrees(ax + (bx - ax) * place, ay + (by - ay) * place), degrees(x, y))
    if (best === null || offset < best.offset) best = { stretch, place, x, y, offset }
  }
  for (let at = 0; at < path.length; at += 2) {
    const [dx, dy] = [path[at]!, path[at + 1]!]
    const [cx, cy] = at === 0 ? [dx, dy] : [path[at - 2]!, path[at - 1]!]
    near(Math.min(cx, dx), Math.min(cy, dy), Math.max(cx, dx), Math.max(cy, dy), (i) => {
      const [ax, ay, bx, by] = [ends[i * 4]!, ends[i * 4 + 1]!, ends[i * 4 + 2]!, ends[i * 4 + 3]!]
      consider(i, placeOnSegment(dx, dy, ax, ay, bx, by), dx, dy)
      if (at === 0) return
      for (const [place, x, y] of [
        [0, ax, ay],
        [1, bx, by],
      ] as const) {
        const t = placeOnSegment(x, y, cx, cy, dx, dy)
        consider(i, place, cx + (dx - cx) * t, cy + (dy - cy) * t)
      }
    })
  }
  return best
}

function degrees(x: number, y: number): [number, number] {
  return [longitudeOfX(x), latitudeOfY(y)]
}
