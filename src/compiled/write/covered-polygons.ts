import { doubleArea, inPolygon, interiorPosition, type Polygon, ringSide } from '#geo/polygon.ts'
import type { Feature } from '#s57/cell.ts'
import { toGeoJson } from '#s57/packed-geometry.ts'
import { unitePolygons } from './unite-polygons.ts'

/**
 * Where a cell has data: its M_COVR areas with CATCOV 1 together, minus those with CATCOV 2 (S-57 appendix B.1, 3.3).
 *
 * Producers usually cut a "no coverage" area out of the covered one, or set the two side by side, so nothing is left to subtract.
 * Only a "no coverage" area on top of a covered one is cut out here. An area that overlaps a covered one in part counts as covered,
 * with a warning: showing data that exist is safer than hiding them. For the same reason nothing is cut out when nothing would be left.
 *
 * @param areas the M_COVR features.
 * @returns polygons in degrees, [longitude, latitude], continuous as in the file: longitudes may lie beyond +-180. Empty when the
 *   cell has no coverage area. `warnings` are texts for people.
 */
export function coveredPolygons(areas: Iterable<Feature>): { polygons: Polygon[]; warnings: string[] } {
  const warnings: string[] = []
  const covered: Polygon[] = []
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
      if (category !== '1')
        warnings.push(`a coverage area (M_COVR) has the category ${quoted(category ?? '')}; it is taken as covered`)
      covered.push(...polygons)
    }
  }
  const united = unitePolygons(covered)
  let polygons = united
  for (const polygon of uncovered) polygons = polygons.flatMap((each) => subtract(each, polygon, warnings))
  if (polygons.length === 0 && united.length > 0) {
    warnings.push('areas without coverage lie on all covered ones; the covered ones are taken as covered')
    return { polygons: united, warnings }
  }
  return { polygons, warnings }
}

/** The ground of a cell without M_COVR: its group 1 areas, in degrees. Empty when it has none. */
export function groundPolygons(groupOne: Iterable<Feature>): Polygon[] {
  return unitePolygons([...groupOne].flatMap(({ geometry }) => (geometry === null ? [] : polygonsOf(geometry))))
}

/** A value in an untrusted file may be any text of any length. */
function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 40))
}

function polygonsOf(geometry: NonNullable<Feature['geometry']>): Polygon[] {
  const nested = toGeoJson(geometry)
  const found = nested.type === 'Polygon' ? [nested.coordinates] : nested.type === 'MultiPolygon' ? nested.coordinates : []
  return found.filter((polygon) => (polygon[0]?.length ?? 0) >= 4 && doubleArea(polygon[0]!) !== 0)
}

/** Returns `polygon` without `hole` where the hole lies on it entirely, and `polygon` unchanged otherwise. */
function subtract(polygon: Polygon, hole: Polygon, warnings: string[]): Polygon[] {
  const inner = interiorPosition(hole)
  if (inner === null || !inPolygon(inner, polygon)) return [polygon]
  const exterior = hole[0]!
  if (exterior.some((position) => ringSide(position, polygon[0]!) === 'outside')) {
    warnings.push('an area without coverage overlaps a covered one in part; the overlap is taken as covered')
    return [polygon]
  }
  if (exterior.every((position) => ringSide(position, polygon[0]!) === 'boundary')) return []
  // Holes of the cut-out are covered again.
  const islands = hole.slice(1).map((ring): Polygon => [ring])
  return [[...polygon, exterior], ...islands]
}
