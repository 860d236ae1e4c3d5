import { objectClassName } from '#compiled/format/catalogue-lookup.ts'
import type { CompiledCell } from '#compiled/format/compiled-cell.ts'
import { featureUuid } from '#compiled/read/cell-uuids.ts'
import { divideTile } from '#tiles/draw/divide-tile.ts'
import { type Checkpoint, drawObjects } from '#tiles/draw/draw-objects.ts'
import { type Degrees, isOfChart, toDegrees } from '#tiles/draw/geo-json.ts'
import { describeFeature, type FoundFeature, withWords } from './describe-feature.ts'
import { distanceToGeometry } from './distance-to-geometry.ts'
import { type FeatureQuery, queryFrame } from './query-frame.ts'

/** Never returned: these cover whole charts and say nothing about the position. */
const NEVER = new Set(['M_NSYS', 'M_QUAL', 'M_NPUB'])
/** Returned only where the query names it. */
const VARIATION = 'MAGVAR'
/** At this zoom and below, contours and soundings would crowd out everything else. */
const CROWDED_ZOOM = 12
const CROWDED = new Set(['DEPCNT', 'SOUNDG'])
const MAXIMUM_RESULTS = 1_000

interface NearFeature {
  /** Metres. */
  distance: number
  cell: CompiledCell
  feature: number
  soundings: Degrees[]
}

/**
 * The features within a distance of a position, the nearest first: an area that holds the position is at distance 0.
 *
 * @param cells in the order of their claim at the zoom.
 */
export function queryFeatures(query: FeatureQuery, cells: readonly CompiledCell[], checkpoint: Checkpoint): FoundFeature[] {
  const frame = queryFrame(query)
  const found = new Map<string, NearFeature>()
  const filter = { takes: filterFor(query), soundingZoom: Infinity }
  for (const share of divideTile(cells, frame).shares) {
    for (const { cell, feature, geometry, depth } of drawObjects(share, frame, filter, checkpoint)) {
      const distance = distanceToGeometry(query, geometry, frame)
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
    .slice(0, MAXIMUM_RESULTS)
    .map(([, { cell, feature, soundings }]) => {
      const described = describeFeature(cell, feature, soundings, frame)
      return query.describe === true ? withWords(described, cell, feature, soundings) : described
    })
}

function filterFor({ zoom, classes }: FeatureQuery): (cell: CompiledCell, feature: number) => boolean {
  return (cell, feature) => {
    if (!isOfChart(cell, feature)) return false
    const name = objectClassName(cell.objectClass[feature]!)
    if (classes === undefined ? name === VARIATION : !classes.includes(name)) return false
    return !NEVER.has(name) && !(zoom <= CROWDED_ZOOM && CROWDED.has(name))
  }
}
