import { ORIGINAL_KEY, objectClassName } from '#compiled/format/catalogue-lookup.ts'
import { type CompiledCell, PRIMITIVE } from '#compiled/format/compiled-cell.ts'
import { attributeText } from '#compiled/read/attribute-values.ts'
import { cellUuid, featureUuid } from '#compiled/read/cell-uuids.ts'
import { cleanPolygon } from '#geo/overlay/clean-polygon.ts'
import type { TileFrame } from '#geo/tile-frame.ts'
import { latitudeOfY, longitudeOfX } from '#geo/world.ts'
import { OBJECT_CLASSES } from '#s57/data/object-classes.ts'
import { OWN_CLASSES } from '#s101/own-classes.ts'
import { linesOf, pointOf, ringsOf, viewsOf } from '#tiles/draw/cell-geometry.ts'
import { type CitedChart, citedChart } from '#tiles/draw/cited-chart.ts'
import {
  type AttributeValue,
  type Degrees,
  type GeoJsonGeometry,
  rawAttributes,
  roundDegrees,
  toGeoJson,
} from '#tiles/draw/geo-json.ts'
import { wordsOfFeature } from '#tiles/draw/words-of-feature.ts'

/** A feature as `POST /api/v1/enc_query` returns it. */
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
  /** The object in the terms of S-101, when its chart is of that standard. */
  s101?: OriginalFeature
  /** A sentence about the object. */
  words?: string
  source?: CitedChart
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
    layerName: nameOf(cell.objectClass[feature]!) ?? layerId,
    position: geometry.type === 'Point' ? [geometry.coordinates[1]!, geometry.coordinates[0]!] : null,
    geometry,
    attributes: typeof name === 'string' && name !== '' ? { objectName: name } : {},
    rawAttributes: raw,
    bbox: boxInDegrees(cell, feature),
    ...originalOf(cell, feature),
  }
}

/** A feature with the names of S-101. Repeated attributes are arrays, complex ones objects. */
export interface OriginalFeature {
  featureType: string
  attributes: Record<string, unknown>
  /** The information types tied to it, such as texts and contact details. */
  information?: { featureType: string; attributes: Record<string, unknown> }[]
}

const nameOf = (code: number): string | undefined => (OBJECT_CLASSES.get(code) ?? OWN_CLASSES.get(code))?.name

function originalOf(cell: CompiledCell, feature: number): { s101?: OriginalFeature } {
  const text = attributeText(cell, feature, ORIGINAL_KEY)
  return text === null ? {} : { s101: JSON.parse(text) as OriginalFeature }
}

/** Adds the sentence about the feature, and the chart it comes from. */
export function withWords(found: FoundFeature, cell: CompiledCell, feature: number, soundings: readonly Degrees[]): FoundFeature {
  const words = wordsOfFeature(
    cell,
    feature,
    soundings.map(([, , depth = 0]) => depth),
  )
  return { ...found, words, source: citedChart(cell) }
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
