import { coveredPolygons, groundPolygons } from '#compiled/write/covered-polygons.ts'
import { type Box, enclosingBox } from '#geo/box.ts'
import { doubleArea, type Extent, extentOf, type Polygon, type Ring } from '#geo/polygon.ts'
import { splitAtAntimeridian } from '#geo/split-at-antimeridian.ts'
import type { Feature } from '#s57/cell.ts'

export interface Coverage {
  /** GeoJSON MultiPolygon: longitudes within -180..180, cut at the antimeridian, holes as interior rings. */
  area: { type: 'MultiPolygon'; coordinates: number[][][][] }
  box: Box
  warnings: string[]
}

/**
 * The coverage of a cell for the database: the polygons of `coveredPolygons`, cut at the antimeridian.
 *
 * @param areas the M_COVR features.
 * @returns null when the cell has no coverage area.
 */
export function coverageOf(areas: Iterable<Feature>): Coverage | null {
  const { polygons, warnings } = coveredPolygons(areas)
  return polygons.length === 0 ? null : toCoverage(polygons, warnings)
}

/**
 * The ground of a cell without M_COVR.
 *
 * @param groupOne its group 1 areas; the coverage is empty without any. @param extent of all its features, in degrees.
 */
export function coverageOfGround(groupOne: Iterable<Feature>, extent: Extent, warnings: string[]): Coverage {
  const box = enclosingBox([extent])
  if (box === null) throw new Error('an extent has a box')
  return { area: toMultiPolygon(groundPolygons(groupOne)), box, warnings }
}

function toCoverage(polygons: readonly Polygon[], warnings: string[]): Coverage {
  const box = enclosingBox(polygons.map(([exterior = []]) => extentOf(exterior)))
  if (box === null) throw new Error('a coverage needs a polygon')
  return { area: toMultiPolygon(polygons), box, warnings }
}

function toMultiPolygon(polygons: readonly Polygon[]): Coverage['area'] {
  const coordinates = polygons
    .flatMap(splitAtAntimeridian)
    .map((polygon) =>
      polygon.map((ring, index) => wound(ring, index === 0).map(([longitude = 0, latitude = 0]) => [longitude, latitude])),
    )
  return { type: 'MultiPolygon', coordinates }
}

/** Winds a ring as GeoJSON wants it (RFC 7946, 3.1.6): exteriors counter-clockwise, holes clockwise. A cut-out arrives as an exterior. */
function wound(ring: Ring, exterior: boolean): Ring {
  return doubleArea(ring) > 0 === exterior ? ring : [...ring].reverse()
}
