import { objectClassName } from '#compiled/format/catalogue-lookup.ts'
import { type CompiledCell, PRIMITIVE } from '#compiled/format/compiled-cell.ts'
import { cellUuid, featureUuid } from '#compiled/read/cell-uuids.ts'
import { cleanPolygon } from '#geo/overlay/clean-polygon.ts'
import type { TileFrame } from '#geo/tile-frame.ts'
import { latitudeOfY, longitudeOfX } from '#geo/world.ts'
import { OBJECT_CLASSES } from '#s57/data/object-classes.ts'
import { linesOf, pointOf, ringsOf, viewsOf } from '#tiles/draw/cell-geometry.ts'
import { type ChartSource, sourceOf } from '#tiles/draw/chart-source.ts'
import {
  type AttributeValue,
  type Degrees,
  type GeoJsonGeometry,
  rawAttributes,
  roundDegrees,
  toGeoJson,
} from '#tiles/draw/geo-json.ts'
import { wordsOfFeature } from '#tiles/draw/words-of-feature.ts'

/** A feature as `POST /api/v1/enc_query` answers it. */
export interface FoundFeature {
  id: string
  parentId: string
  parentCellName: string
  layerId: string
  layerName: string
  /** [latitude, longitude] of a point object; null for others. */
  position: [number, number] | null
  geometry: GeoJsonGeometry
  attributes: { objectName?: string }
  rawAttributes: Record<string, AttributeValue>
  /** South-west and north-east corner, longitude first. */
  bbox: [[number, number], [number, number]]
  /** A sentence about the object. */
  words?: string
  source?: ChartSource
}

/**
 * Describes a feature of a cell.
 *
 * @param soundings of the feature that were found, with their depths; empty for other features, which are described whole.
 * @param frame a grid that meets the cell.
 */
export function describeFeature(cell: CompiledCell, feature: number, soundings: Degrees[], frame: TileFrame): FoundFeature {
  const layerId = objectClassName(cell.objectClass[feature]!)
  const raw = rawAttributes(cell, feature)
  const geometry: GeoJsonGeometry =
    soundings.length > 0 ? { type: 'MultiPoint', coordinates: soundings } : wholeGeometry(cell, feature, frame)
  const name = raw['objnam']
  return {
    id: featureUuid(cell, feature),
    parentId: cellUuid(cell.header.name),
    parentCellName: cell.header.name,
    layerId,
    layerName: OBJECT_CLASSES.get(cell.objectClass[feature]!)?.name ?? layerId,
    position: geometry.type === 'Point' ? [geometry.coordinates[1]!, geometry.coordinates[0]!] : null,
    geometry,
    attributes: typeof name === 'string' && name !== '' ? { objectName: name } : {},
    rawAttributes: raw,
    bbox: boxInDegrees(cell, feature),
  }
}

/** Adds the sentence about the feature, and the chart it comes from. */
export function withWords(found: FoundFeature, cell: CompiledCell, feature: number, soundings: readonly Degrees[]): FoundFeature {
  const words = wordsOfFeature(
    cell,
    feature,
    soundings.map(([, , depth = 0]) => depth),
  )
  return { ...found, words, source: sourceOf(cell) }
}

function boxInDegrees({ featureBox }: CompiledCell, feature: number): FoundFeature['bbox'] {
  const at = feature * 4
  return [
    [roundDegrees(longitudeOfX(featureBox[at]!)), roundDegrees(latitudeOfY(featureBox[at + 3]!))],
    [roundDegrees(longitudeOfX(featureBox[at + 2]!)), roundDegrees(latitudeOfY(featureBox[at + 1]!))],
  ]
}

/** The feature as the cell has it, not cut. */
function wholeGeometry(cell: CompiledCell, feature: number, frame: TileFrame): GeoJsonGeometry {
  const { minX, minY, maxX, maxY } = cell.header
  const view = { ...viewsOf(cell, frame, frame.box)[0]!, box: { minX, minY, maxX, maxY } }
  switch (cell.primitive[feature]) {
    case PRIMITIVE.point:
      return toGeoJson({ type: 'point', points: [pointOf(view, cell.pointStart[feature]!)] }, frame)
    case PRIMITIVE.line:
      return toGeoJson({ type: 'line', lines: linesOf(view, feature) }, frame)
    default:
      return toGeoJson({ type: 'polygon', polygons: cleanPolygon(ringsOf(view, feature)) }, frame)
  }
}
