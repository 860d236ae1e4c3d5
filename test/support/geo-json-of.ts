import type { Feature } from '#s57/cell.ts'
import type { Geometry } from '#s57/geometry.ts'
import { toGeoJson } from '#s57/packed-geometry.ts'

/** The geometry of a feature in the nested form, which is easier to compare and to read in a failure. */
export function geoJsonOf({ geometry }: Feature): Geometry | null {
  return geometry === null ? null : toGeoJson(geometry)
}
