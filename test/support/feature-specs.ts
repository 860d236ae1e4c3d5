import type { FeatureSpec } from '#s57/writer/cell-spec.ts'

/** A position in the whole numbers of a test, y growing southwards. */
export type GridPoint = readonly [x: number, y: number]

/** The specs of features whose positions are in the whole numbers of a test. @param toDegrees converts a position to degrees. */
export function createFeatureSpecs(toDegrees: (point: GridPoint) => [longitude: number, latitude: number]) {
  return {
    area(
      objectClass: string,
      attributes: Record<string, string | number>,
      ring: readonly GridPoint[],
      rest: Partial<FeatureSpec> = {},
    ): FeatureSpec {
      const coordinates = [[...ring, ring[0]!].map(toDegrees)]
      return { objectClass, attributes, ...rest, geometry: { type: 'Polygon', coordinates } }
    },
    line(
      objectClass: string,
      attributes: Record<string, string | number>,
      path: readonly GridPoint[],
      rest: Partial<FeatureSpec> = {},
    ): FeatureSpec {
      return { objectClass, attributes, ...rest, geometry: { type: 'LineString', coordinates: path.map(toDegrees) } }
    },
  }
}

/** The corners of a box, clockwise from the north-west, without the closing one. */
export function boxRing(west: number, north: number, east: number, south: number): GridPoint[] {
  return [
    [west, north],
    [east, north],
    [east, south],
    [west, south],
  ]
}
