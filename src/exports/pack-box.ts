import type { PackSpec } from './pack-spec.ts'

/** The box as other programs expect it: one across the antimeridian becomes all longitudes. */
export function boundsOf([west, south, east, north]: PackSpec['box']): [number, number, number, number] {
  return west > east ? [-180, south, 180, north] : [west, south, east, north]
}

/** Longitude and latitude of the middle of a box. */
export function centreOf([west, south, east, north]: PackSpec['box']): [number, number] {
  const longitude = (west + (west > east ? east + 360 : east)) / 2
  return [longitude > 180 ? longitude - 360 : longitude, (south + north) / 2]
}
