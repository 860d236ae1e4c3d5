import type { Position } from '#s57/geometry.ts'
import { fractalNoise } from './noise.ts'
import { pairs } from './pairs.ts'

// The invented land: an island whose drowned valley is a harbour, two smaller islands far off, a shoal and some islets. It lies in the
// open Atlantic, hundreds of kilometres from any real land.

/** A place in kilometres east and north of the centre. */
export type Place = readonly [east: number, north: number]

const CENTRE = { longitude: -35, latitude: 43 }
const KM_PER_DEGREE = 111.2
/** Cosine of 43 degrees. */
const SHRINK = 0.7313537

export function toDegrees([east, north]: Place): Position {
  return [CENTRE.longitude + east / (KM_PER_DEGREE * SHRINK), CENTRE.latitude + north / KM_PER_DEGREE]
}

export function toPlace(longitude: number, latitude: number): Place {
  return [(longitude - CENTRE.longitude) * KM_PER_DEGREE * SHRINK, (latitude - CENTRE.latitude) * KM_PER_DEGREE]
}

/** Where ships enter the drowned valley from the open sea. */
export const FAIRWAY_ENTRANCE: Place = [12.6, -20]
/** The corner of the fairway off the lighthouse. */
export const FAIRWAY_BEND: Place = [11.4, -15.5]
/** The corner of the fairway from which the last reach leads to `HARBOUR_HEAD`. */
export const LAST_BEND: Place = [6.2, -6.6]
export const HARBOUR_HEAD: Place = [3, -5.4]

/** The line that ships take up the drowned valley, from the open sea to the head of the harbour. */
export const FAIRWAY: readonly Place[] = [FAIRWAY_ENTRANCE, FAIRWAY_BEND, [10.6, -11.5], [9, -8.4], LAST_BEND, HARBOUR_HEAD]

/** Half the valley's width in kilometres and its depth in metres, at each corner of the fairway. */
const VALLEY_PROFILE: readonly (readonly [halfWidth: number, depth: number])[] = [
  [3.4, 34],
  [2.7, 27],
  [1.5, 20],
  [1.25, 16],
  [1.2, 12.5],
  [0.7, 7],
]

/** The valley between each two corners of the fairway. */
const REACHES = pairs(FAIRWAY).flatMap((places, i) => {
  const profile = pairs(VALLEY_PROFILE)[i]
  return profile === undefined ? [] : [{ places, profile }]
})

export const SHOAL: Place = [17.5, -12.2]

/** Small hills on the sea floor: place, radius in kilometres, height in metres. */
const BUMPS: readonly (readonly [place: Place, radius: number, height: number])[] = [
  [SHOAL, 0.9, 14],
  [[8.6, -14.2], 0.42, 24],
  [[13.9, -13.1], 0.4, 26],
  [[14.5, -13.7], 0.35, 22],
  [[8.1, -6.1], 0.24, 17],
  [[19.5, -3.5], 0.8, 30],
  [[-14.5, -14.2], 1.1, 40],
  [[-13, -15.8], 0.7, 26],
]

/** Height in metres above the lowest tide, by the distance from an island's middle; 1 is its shore. */
const PROFILE: readonly (readonly [distance: number, height: number])[] = [
  [-1, 720],
  [0, 560],
  [0.4, 300],
  [0.75, 84],
  [0.92, 20],
  [0.97, 3],
  [1, -0.4],
  [1.08, -5],
  [1.25, -15],
  [1.6, -36],
  [2.1, -72],
  [2.8, -180],
  [4, -900],
  [6, -2600],
  [10, -4300],
  [100, -5200],
]

const ISLANDS = [
  { middle: [0, 2] as Place, long: 18, short: 14.5, cos: 0.906, sin: 0.4226 },
  { middle: [-78, 62] as Place, long: 9, short: 6, cos: 0.766, sin: -0.643 },
  { middle: [71, 74] as Place, long: 6, short: 5, cos: 1, sin: 0 },
]

/** Returns the metres above the lowest tide at a place; negative for the depth of water. */
export function heightAt([east, north]: Place): number {
  const rough = 0.36 * fractalNoise(east / 7, north / 7, 11, 3) + 0.08 * fractalNoise(east / 1.9, north / 1.9, 23, 4)
  let height = Number.NEGATIVE_INFINITY
  for (const { middle, long, short, cos, sin } of ISLANDS) {
    const x = east - middle[0]
    const y = north - middle[1]
    const distance = Math.hypot((x * cos + y * sin) / long, (y * cos - x * sin) / short)
    // Full roughness far out would make ridges of hundreds of metres.
    height = Math.max(height, interpolate(PROFILE, distance + rough / Math.max(1, distance)))
  }
  height = Math.min(height, valleyHeight(east, north))
  for (const [[x, y], radius, rise] of BUMPS) {
    const plain = ((east - x) ** 2 + (north - y) ** 2) / radius ** 2
    if (plain > 23) continue // too far for the noise to bring it under 9
    const away = plain * (1 + 0.6 * fractalNoise(east / radius / 1.5, north / radius / 1.5, 71, 3))
    if (away < 9) height += rise / (1 + away * away * 2) ** 2
  }
  return height + 0.5 * fractalNoise(east / 0.7, north / 0.7, 37, 3)
}

function valleyHeight(east: number, north: number): number {
  let nearest = Number.POSITIVE_INFINITY
  for (const { places, profile } of REACHES) {
    const [[ax, ay], [bx, by]] = places
    const [[startWidth, startDepth], [endWidth, endDepth]] = profile
    const along = ((east - ax) * (bx - ax) + (north - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)
    const t = Math.min(1, Math.max(0, along))
    const width = startWidth + (endWidth - startWidth) * t
    const depth = startDepth + (endDepth - startDepth) * t
    const across = Math.hypot(east - ax - (bx - ax) * t, north - ay - (by - ay) * t) / width
    if (across > 6) continue // far inland, where the side of the valley is above every hill
    const ragged = across * (1 + 0.3 * fractalNoise(east / 1.3, north / 1.3, 51, 3))
    nearest = Math.min(nearest, depth * (ragged * ragged - 1))
  }
  return nearest
}

/** Interpolates in a table of ascending [x, y]; beyond its ends it returns the first or the last y. */
function interpolate(table: readonly (readonly [number, number])[], at: number): number {
  let before: readonly [number, number] | null = null
  let last = Number.NaN
  for (const entry of table) {
    const [x, y] = entry
    if (before !== null && at <= x) return before[1] + ((y - before[1]) * (Math.max(at, before[0]) - before[0])) / (x - before[0])
    before = entry
    last = y
  }
  return last
}
