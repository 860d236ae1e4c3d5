import { type CompiledCell, PRIMITIVE } from '#compiled/format/compiled-cell.ts'
import { cellUuid, featureUuid, objectClassName } from '#compiled/read/cell-questions.ts'
import { ellipsoidDistance, metresPerDegree } from '#geo/ellipsoid-distance.ts'
import { cleanPolygon } from '#geo/overlay/clean-polygon.ts'
import { type GridLine, type GridPoint, sideOfRings } from '#geo/overlay/grid.ts'
import { degreesOf, type TileFrame } from '#geo/tile-frame.ts'
import { latitudeOfY, longitudeOfX, WORLD, WORLD_BITS, xOfLongitude, yOfLatitude } from '#geo/world.ts'
import { OBJECT_CLASSES } from '#s57/data/object-classes.ts'
import { linesOf, pointOf, ringsOf, viewsOf } from '#tiles/draw/cell-geometry.ts'
import { divideTile } from '#tiles/draw/divide-tile.ts'
import { type Checkpoint, drawObjects } from '#tiles/draw/draw-objects.ts'
import {
  type AttributeValue,
  type GeoJsonGeometry,
  isOfChart,
  rawAttributes,
  toDegrees,
  toGeoJson,
} from '#tiles/draw/geo-json.ts'
import type { TileGeometry } from '#tiles/mvt/tile-layer.ts'

export interface FeatureQuery {
  /** Degrees. */
  longitude: number
  latitude: number
  /** Metres on the ellipsoid. */
  radius: number
  /** Tile zoom: cells take precedence as in the tiles of this zoom. */
  zoom: number
}

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
  bbox: [[number, number], [number, number]]
}

/** What nobody asks for when pointing at the chart. */
const NEVER = new Set(['M_NSYS', 'M_QUAL', 'M_NPUB', 'MAGVAR'])
/** At these zooms and below, contours and soundings would drown everything else. */
const CROWDED_ZOOM = 12
const CROWDED = new Set(['DEPCNT', 'SOUNDG'])
export const MOST_RESULTS = 1_000

const DETAIL = 16
const UNIT = 2 ** (WORLD_BITS - 12 - DETAIL)

/** The grid around a position: units of zoom 16, from a corner near it. */
export function queryFrame({ longitude, latitude, radius }: FeatureQuery): TileFrame {
  const x = xOfLongitude(longitude) / UNIT
  const y = yOfLatitude(latitude) / UNIT
  const { north, east } = metresPerDegree(latitude)
  // A little more than the circle: its northern half is larger on the map.
  const dx = (((radius / east) * WORLD) / 360 / UNIT) * 1.1 + 2
  const dy = (((radius / north / Math.cos((latitude * Math.PI) / 180)) * WORLD) / 360 / UNIT) * 1.1 + 2
  const extent = 4096
  const tile = { z: DETAIL, x: Math.floor(x / extent), y: Math.floor(y / extent) }
  const [left, top] = [x - tile.x * extent - dx, y - tile.y * extent - dy]
  return {
    tile,
    detailZoom: DETAIL,
    extent,
    unit: UNIT,
    box: {
      left: Math.floor(left),
      top: Math.floor(top),
      right: Math.ceil(left + 2 * dx),
      bottom: Math.ceil(top + 2 * dy),
    },
  }
}

/**
 * The features within a distance of a position, the nearest first: an area that holds the position is at distance 0.
 *
 * @param cells in the order of their claim at the zoom.
 */
export function queryFeatures(query: FeatureQuery, cells: readonly CompiledCell[], checkpoint: Checkpoint): FoundFeature[] {
  const frame = queryFrame(query)
  const found = new Map<string, { distance: number; cell: CompiledCell; feature: number; soundings: number[][] }>()
  const takes = (cell: CompiledCell, feature: number) => {
    if (!isOfChart(cell, feature)) return false
    const name = objectClassName(cell.objectClass[feature]!)
    return !NEVER.has(name) && !(query.zoom <= CROWDED_ZOOM && CROWDED.has(name))
  }
  for (const share of divideTile(cells, frame).shares) {
    for (const { cell, feature, geometry, depth } of drawObjects(share, frame, { takes, soundingZoom: Infinity }, checkpoint)) {
      const distance = distanceTo(geometry, frame, query)
      if (distance > query.radius) continue
      const id = featureUuid(cell, feature)
      const entry = found.get(id) ?? { distance, cell, feature, soundings: [] }
      entry.distance = Math.min(entry.distance, distance)
      if (depth !== null && geometry.type === 'point') {
        entry.soundings.push(...geometry.points.map((point) => [...toDegrees(point, frame), depth]))
      }
      found.set(id, entry)
    }
  }
  return [...found]
    .sort(([a, one], [b, other]) => one.distance - other.distance || (a < b ? -1 : 1))
    .slice(0, MOST_RESULTS)
    .map(([id, { cell, feature, soundings }]) => describe(id, cell, feature, soundings, frame))
}

function describe(id: string, cell: CompiledCell, feature: number, soundings: number[][], frame: TileFrame): FoundFeature {
  const layerId = objectClassName(cell.objectClass[feature]!)
  const raw = rawAttributes(cell, feature)
  const geometry: GeoJsonGeometry =
    soundings.length > 0 ? { type: 'MultiPoint', coordinates: soundings } : wholeGeometry(cell, feature, frame)
  const name = raw['objnam']
  const [minX, minY, maxX, maxY] = cell.featureBox.subarray(feature * 4, feature * 4 + 4) as unknown as [
    number,
    number,
    number,
    number,
  ]
  return {
    id,
    parentId: cellUuid(cell.header.name),
    parentCellName: cell.header.name,
    layerId,
    layerName: OBJECT_CLASSES.get(cell.objectClass[feature]!)?.name ?? layerId,
    position: geometry.type === 'Point' ? [geometry.coordinates[1]!, geometry.coordinates[0]!] : null,
    geometry,
    attributes: typeof name === 'string' && name !== '' ? { objectName: name } : {},
    rawAttributes: raw,
    bbox: [
      [decimals(longitudeOfX(minX)), decimals(latitudeOfY(maxY))],
      [decimals(longitudeOfX(maxX)), decimals(latitudeOfY(minY))],
    ],
  }
}

const decimals = (value: number) => Math.round(value * 1e7) / 1e7

/** The feature as the cell has it, not cut. */
function wholeGeometry(cell: CompiledCell, feature: number, frame: TileFrame): GeoJsonGeometry {
  const view = { ...viewsOf(cell, frame, frame.box)[0]! }
  const { minX, minY, maxX, maxY } = cell.header
  view.box = { minX, minY, maxX, maxY }
  switch (cell.primitive[feature]) {
    case PRIMITIVE.point:
      return toGeoJson({ type: 'point', points: [pointOf(view, cell.pointStart[feature]!)] }, frame)
    case PRIMITIVE.line:
      return toGeoJson({ type: 'line', lines: linesOf(view, feature) }, frame)
    default:
      return toGeoJson({ type: 'polygon', polygons: cleanPolygon(ringsOf(view, feature)) }, frame)
  }
}

function distanceTo(geometry: TileGeometry, frame: TileFrame, { longitude, latitude }: FeatureQuery): number {
  const here: [number, number] = [longitude, latitude]
  const centre = {
    x: xOfLongitude(longitude) / UNIT - frame.tile.x * frame.extent,
    y: yOfLatitude(latitude) / UNIT - frame.tile.y * frame.extent,
  }
  const to = (point: GridPoint) => ellipsoidDistance(here, degreesOf(frame, point.x, point.y))
  const along = (line: GridLine, closed: boolean) => {
    let nearest = Infinity
    for (let i = closed ? 0 : 1; i < line.length; i++) {
      nearest = Math.min(nearest, to(nearestOn(centre, line.at(i - 1)!, line[i]!)))
    }
    return nearest
  }
  switch (geometry.type) {
    case 'point':
      return Math.min(...geometry.points.map(to))
    case 'line':
      return Math.min(...geometry.lines.map((line) => along(line, false)))
    case 'polygon':
      if (geometry.polygons.some((polygon) => sideOfRings(centre.x, centre.y, polygon) !== 'outside')) return 0
      return Math.min(...geometry.polygons.flat().map((ring) => along(ring, true)))
  }
}

/** The map keeps angles, so what is nearest on it is nearest on the ground, but for the change of scale over the distance. */
function nearestOn(p: GridPoint, a: GridPoint, b: GridPoint): GridPoint {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const length = dx * dx + dy * dy
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / length))
  return { x: a.x + t * dx, y: a.y + t * dy }
}
