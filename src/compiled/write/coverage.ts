import { type Box, enclosingBox } from '#geo/box.ts'
import { doubleArea, inPolygon, interiorPosition, type Polygon, type Ring, ringSide } from '#geo/polygon.ts'
import { splitAtAntimeridian } from '#geo/split-at-antimeridian.ts'
import type { Feature } from '#s57/cell.ts'
import { toGeoJson } from '#s57/packed-geometry.ts'

export interface Coverage {
  /** GeoJSON MultiPolygon: longitudes within -180..180, cut at the antimeridian, holes as interior rings. */
  area: { type: 'MultiPolygon'; coordinates: number[][][][] }
  box: Box
  warnings: string[]
}

/**
 * Where a cell has data: its M_COVR areas with CATCOV 1, minus those with CATCOV 2 (S-57 appendix B.1, 3.3).
 *
 * A producer cuts the hole of a "no coverage" area out of the covered area around it, or sets the two side by side; then
 * nothing has to be subtracted. Only where a "no coverage" area lies on top of a covered one is it cut out here, as a hole.
 * An area that is covered and not covered at once, in part, counts as covered, with a warning: showing data that exist is
 * better than hiding them.
 *
 * @returns null when the cell has no coverage area at all.
 */
export function coverageOf(areas: Iterable<Feature>): Coverage | null {
  const { polygons, warnings } = coveredPolygons(areas)
  return polygons.length === 0 ? null : toCoverage(polygons, warnings)
}

/** The same as polygons in degrees, continuous as in the file: longitudes may lie beyond +-180. */
export function coveredPolygons(areas: Iterable<Feature>): { polygons: Polygon[]; warnings: string[] } {
  const warnings: string[] = []
  let covered: Polygon[] = []
  const uncovered: Polygon[] = []
  for (const feature of areas) {
    if (feature.geometry === null) {
      warnings.push('a coverage area (M_COVR) has no usable geometry')
      continue
    }
    const polygons = polygonsOf(feature.geometry)
    const category = feature.attributes.get('CATCOV')
    if (category === '2') uncovered.push(...polygons)
    else {
      if (category !== '1') warnings.push(`a coverage area (M_COVR) has the category "${category ?? ''}"; it is taken as covered`)
      covered.push(...polygons)
    }
  }
  for (const polygon of uncovered) covered = covered.flatMap((each) => subtract(each, polygon, warnings))
  return { polygons: covered, warnings }
}

/** The box around some positions as a coverage, for a cell that does not say what it covers. */
export function coverageOfBox(west: number, south: number, east: number, north: number, warnings: string[]): Coverage {
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  return toCoverage([[ring]], warnings)
}

function toCoverage(polygons: readonly Polygon[], warnings: string[]): Coverage {
  const box = enclosingBox(polygons.map((polygon) => extentOf(polygon[0]!)))!
  const split = polygons.flatMap(splitAtAntimeridian)
  const coordinates = split.map((polygon) =>
    polygon.map((ring, index) => wound(ring, index === 0).map((position) => [position[0]!, position[1]!])),
  )
  return { area: { type: 'MultiPolygon', coordinates }, box, warnings }
}

function polygonsOf(geometry: NonNullable<Feature['geometry']>): Polygon[] {
  const nested = toGeoJson(geometry)
  const found = nested.type === 'Polygon' ? [nested.coordinates] : nested.type === 'MultiPolygon' ? nested.coordinates : []
  return found.filter((polygon) => (polygon[0]?.length ?? 0) >= 4 && doubleArea(polygon[0]!) !== 0)
}

/** `polygon` without `hole`, where the hole lies on it as a whole; else `polygon`. */
function subtract(polygon: Polygon, hole: Polygon, warnings: string[]): Polygon[] {
  const inner = interiorPosition(hole)
  if (inner === null || !inPolygon(inner, polygon)) return [polygon]
  const exterior = hole[0]!
  if (exterior.some((position) => ringSide(position, polygon[0]!) === 'outside')) {
    warnings.push('an area without coverage overlaps a covered one in part; the overlap is taken as covered')
    return [polygon]
  }
  if (exterior.every((position) => ringSide(position, polygon[0]!) === 'boundary')) return []
  // What the cut-out leaves open in its middle is covered again.
  const islands = hole.slice(1).map((ring): Polygon => [ring])
  return [[...polygon, exterior], ...islands]
}

function extentOf(ring: Ring) {
  const extent = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  for (const [longitude, latitude] of ring as readonly (readonly [number, number])[]) {
    extent.west = Math.min(extent.west, longitude)
    extent.east = Math.max(extent.east, longitude)
    extent.south = Math.min(extent.south, latitude)
    extent.north = Math.max(extent.north, latitude)
  }
  return extent
}

/** GeoJSON wants exterior rings counter-clockwise and holes clockwise (RFC 7946, 3.1.6); a cut-out came as an exterior. */
function wound(ring: Ring, exterior: boolean): Ring {
  return doubleArea(ring) > 0 === exterior ? ring : [...ring].reverse()
}
