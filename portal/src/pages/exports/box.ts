import { eastward, type Position, rhumb, wrapped } from '../map/rhumb.ts'

/** West, south, east, north in degrees; west exceeds east across the antimeridian. */
export type Box = readonly [west: number, south: number, east: number, north: number]

/** The charts end here, near the poles. */
const FURTHEST = 85

/** Degrees rounded to about a metre, which is precise enough for drawing and keeps URLs short. */
const round = (degrees: number): number => Number(degrees.toFixed(5))

/** The box between two longitudes, which may count on beyond 180, and two latitudes. Null when it has no width or height. */
export function boxBetween(longitudes: readonly [number, number], latitudes: readonly [number, number]): Box | null {
  const [from, to] = longitudes[0] <= longitudes[1] ? longitudes : [longitudes[1], longitudes[0]]
  const clamp = (latitude: number) => round(Math.min(FURTHEST, Math.max(-FURTHEST, latitude)))
  const [south, north] = [clamp(Math.min(...latitudes)), clamp(Math.max(...latitudes))]
  const isWorld = to - from >= 360
  const [west, east] = isWorld ? [-180, 180] : [round(wrapped(from)), round(wrapped(to))]
  return west === east || south >= north ? null : [west, south, east, north]
}

/** The box with these corners, or why they do not make one. */
export function boxOfCorners(southWest: Position, northEast: Position): Box | string {
  if (southWest.latitude >= northEast.latitude) return 'The first corner must lie south of the second.'
  if (southWest.longitude === northEast.longitude) return 'The corners must lie on different longitudes.'
  return [southWest.longitude, southWest.latitude, northEast.longitude, northEast.latitude]
}

export function cornersOf([west, south, east, north]: Box): { southWest: Position; northEast: Position } {
  return { southWest: { longitude: west, latitude: south }, northEast: { longitude: east, latitude: north } }
}

/** West to east in degrees. */
export function widthOf([west, , east]: Box): number {
  return east > west ? east - west : east - west + 360
}

/** Width through the middle and height, in metres. */
export function sizeOf(box: Box): { width: number; height: number } {
  const [west, south, , north] = box
  const latitude = (south + north) / 2
  const half = rhumb({ longitude: 0, latitude }, { longitude: widthOf(box) / 2, latitude }).metres
  return {
    width: half * 2,
    height: rhumb({ longitude: west, latitude: south }, { longitude: west, latitude: north }).metres,
  }
}

/** The corners around a longitude that a map is at, so that a box beyond the antimeridian is drawn where it is seen. */
export function boxNear(box: Box, longitude: number): { west: number; south: number; east: number; north: number } {
  const [west, south, , north] = box
  const width = widthOf(box)
  const middle = longitude + eastward(longitude, west + width / 2)
  return { west: middle - width / 2, south, east: middle + width / 2, north }
}

/** `-81.2,31.9,-80.8,32.2`. */
export function writeBox(box: Box): string {
  return box.map((degrees) => String(round(degrees))).join(',')
}

/** @returns null when the text is not a box. */
export function readBox(text: string): Box | null {
  const parts = text.split(',')
  const [west, south, east, north] = parts.map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  if (parts.length !== 4 || west === undefined || south === undefined || east === undefined || north === undefined) return null
  const fits = Math.abs(west) <= 180 && Math.abs(east) <= 180 && Math.abs(south) <= 90 && Math.abs(north) <= 90
  return fits && west !== east && south < north ? [west, south, east, north] : null
}
