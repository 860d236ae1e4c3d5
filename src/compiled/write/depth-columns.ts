import { NO_DEPTH, PART } from '../format/compiled-cell.ts'
import { millimetresOf } from './attribute-numbers.ts'
import { DANGER_CLASSES, dangerOf } from './danger.ts'
import { createDepthAreaFinder, type DepthArea } from './depth-areas.ts'
import { depthOfArea, type FeatureRow, UNSAFE } from './feature-rows.ts'
import { type GeometryColumns, pathPositions } from './geometry-columns.ts'
import { entries } from './int-list.ts'
import type { Shape } from './shape-overlap.ts'

/** Builds `ownDepth`, `besideDepth` and `dangerClass` of the features, and the shallowest depth area that each danger touches. */
export function depthColumns(rows: readonly FeatureRow[], collector: GeometryColumns) {
  const own = new Int32Array(rows.length).fill(NO_DEPTH)
  const beside = new Int32Array(rows.length).fill(NO_DEPTH)
  const shallowest = new Int32Array(rows.length).fill(NO_DEPTH)
  const dangerClass = new Uint8Array(rows.length)
  const contours = rows.map((row) => (row.acronym === 'DEPCNT' ? millimetresOf(row.attributes, 'VALDCO') : null))
  const shallower = nextShallower(contours.filter((depth) => depth !== null))
  const areasOf = createDepthAreaFinder(depthAreas(rows, collector))
  rows.forEach((row, index) => {
    const contour = contours[index]
    if (row.boundary !== null) {
      own[index] = row.boundary.deeper
      if (row.boundary.shallower !== UNSAFE) beside[index] = row.boundary.shallower
    } else if (contour != null) {
      own[index] = contour
      beside[index] = shallower.get(contour) ?? NO_DEPTH
    } else if (DANGER_CLASSES.has(row.acronym)) {
      const shape = shapeOf(row, collector)
      if (shape !== null) {
        const range = areasOf(shape)
        beside[index] = range.deepest
        shallowest[index] = range.shallowest
      }
      const danger = dangerOf(row.acronym, row.attributes, shallowest[index]!)
      own[index] = danger.depth
      dangerClass[index] = danger.dangerClass
    }
  })
  return { own, beside, shallowest, dangerClass }
}

function depthAreas(rows: readonly FeatureRow[], collector: GeometryColumns): DepthArea[] {
  const areas: DepthArea[] = []
  for (const row of rows) {
    const depth = row.boundary === null ? depthOfArea(row) : null
    if (depth === null) continue
    for (let path = row.firstPath; path < row.endPath; path++) {
      const ring = pathPositions(collector, path)
      if (collector.pathKind.data[path] === PART.outer) areas.push({ rings: [ring], depth })
      else areas.at(-1)!.rings.push(ring)
    }
  }
  return areas
}

/** Returns the geometry of a feature, or null without one. */
function shapeOf(row: FeatureRow, collector: GeometryColumns): Shape | null {
  if (row.endPoint > row.firstPoint) {
    return { kind: 'point', paths: [entries(collector.pointXY).subarray(row.firstPoint * 2, row.firstPoint * 2 + 2)] }
  }
  if (row.endPath === row.firstPath) return null
  const paths = Array.from({ length: row.endPath - row.firstPath }, (_, i) => pathPositions(collector, row.firstPath + i))
  return { kind: row.primitive === 'area' ? 'area' : 'line', paths }
}

/** Returns the next smaller of some depths, by depth; NO_DEPTH for the smallest. */
function nextShallower(depths: Iterable<number>): Map<number, number> {
  const sorted = [...new Set(depths)].sort((a, b) => a - b)
  return new Map(sorted.map((depth, i) => [depth, sorted[i - 1] ?? NO_DEPTH]))
}
