import { ORIGINAL_KEY, objectClassName } from '#compiled/format/catalogue-lookup.ts'
import { type CompiledCell, FLAG } from '#compiled/format/compiled-cell.ts'
import { decodeValue } from '#compiled/read/attribute-values.ts'
import { featureUuid } from '#compiled/read/cell-uuids.ts'
import type { GridPoint } from '#geo/overlay/grid.ts'
import { degreesOf, type TileFrame } from '#geo/tile-frame.ts'
import type { TileGeometry } from '../mvt/tile-layer.ts'

/** Longitude and latitude in degrees; for a sounding, then the depth in metres. */
export type Degrees = number[]

export type GeoJsonGeometry =
  | { type: 'Point'; coordinates: Degrees }
  | { type: 'MultiPoint'; coordinates: Degrees[] }
  | { type: 'LineString'; coordinates: Degrees[] }
  | { type: 'MultiLineString'; coordinates: Degrees[][] }
  | { type: 'Polygon'; coordinates: Degrees[][] }
  | { type: 'MultiPolygon'; coordinates: Degrees[][][] }

/** An attribute in the JSON answers: a number for enumerations, integers and decimals, an array for lists, null for unknown. */
export type AttributeValue = number | number[] | string | null

/** A geometry of the grid as GeoJSON; outlines run counter-clockwise (RFC 7946, 3.1.6). */
export function toGeoJson(geometry: TileGeometry, frame: TileFrame): GeoJsonGeometry {
  const path = (points: readonly GridPoint[]) => points.map((point) => toDegrees(point, frame))
  // With y down, a positive ring runs clockwise on the map.
  const ring = (points: readonly GridPoint[]) => {
    const open = path(points).reverse()
    return [...open, open[0]!]
  }
  switch (geometry.type) {
    case 'point': {
      const points = path(geometry.points)
      return points.length === 1 ? { type: 'Point', coordinates: points[0]! } : { type: 'MultiPoint', coordinates: points }
    }
    case 'line': {
      const lines = geometry.lines.map(path)
      return lines.length === 1 ? { type: 'LineString', coordinates: lines[0]! } : { type: 'MultiLineString', coordinates: lines }
    }
    case 'polygon': {
      const polygons = geometry.polygons.map((rings) => rings.map(ring))
      return polygons.length === 1
        ? { type: 'Polygon', coordinates: polygons[0]! }
        : { type: 'MultiPolygon', coordinates: polygons }
    }
  }
}

/** A point of the grid in degrees. */
export function toDegrees({ x, y }: GridPoint, frame: TileFrame): Degrees {
  const [longitude, latitude] = degreesOf(frame, x, y)
  return [roundDegrees(longitude), roundDegrees(latitude)]
}

/** Seven decimals are a centimetre: finer than the data. */
export function roundDegrees(value: number): number {
  return Math.round(value * 1e7) / 1e7
}

/** The attributes of a feature, keyed by acronym in lower case. */
export function rawAttributes(cell: CompiledCell, feature: number): Record<string, AttributeValue> {
  const attributes: Record<string, AttributeValue> = {}
  for (let i = cell.attributeStart[feature]!; i < cell.attributeStart[feature + 1]!; i++) {
    const key = cell.text(cell.attributeKey[i]!)
    if (key !== ORIGINAL_KEY) attributes[key.toLowerCase()] = decodeValue(cell, cell.attributeValue[i]!)
  }
  return attributes
}

/** The identity of a feature: UUID, class, agency, FIDN, FIDS and S-57 group (1: the skin of the earth). */
export function identityOf(cell: CompiledCell, feature: number) {
  return {
    id: featureUuid(cell, feature),
    layerId: objectClassName(cell.objectClass[feature]!),
    agen: cell.agency[feature]!,
    fidn: cell.featureId[feature]!,
    fids: cell.featureSubdivision[feature]!,
    grup: (cell.featureFlags[feature]! & FLAG.group1) === 0 ? 2 : 1,
  }
}

/** Whether a feature is in the chart; the compiler adds boundary lines of its own. */
export function isOfChart(cell: CompiledCell, feature: number): boolean {
  return (cell.featureFlags[feature]! & FLAG.depthBoundary) === 0
}
