import { NO_DEPTH } from '../format/compiled-cell.ts'
import type { FeatureRow } from './feature-rows.ts'
import type { GeometryCollector } from './geometry-collector.ts'
import { soundingZooms } from './sounding-zooms.ts'

export interface PointColumns {
  starts: Uint32Array
  xy: Int32Array
  depths: Int32Array
  zooms: Uint8Array
  /** The points that are soundings, and the feature of each. */
  soundings: Uint32Array
  soundingFeatures: Uint32Array
}

/** Builds the points of the features in their order. */
export function pointColumns(rows: readonly FeatureRow[], collector: GeometryCollector, nativeZoom: number): PointColumns {
  const starts = new Uint32Array(rows.length + 1)
  const xy = new Int32Array(collector.pointCount() * 2)
  const depths = new Int32Array(collector.pointCount()).fill(NO_DEPTH)
  const soundings: number[] = []
  const soundingFeatures: number[] = []
  let at = 0
  rows.forEach((row, index) => {
    for (let point = row.firstPoint; point < row.endPoint; point++) {
      xy[at * 2] = collector.pointXY.data[point * 2]!
      xy[at * 2 + 1] = collector.pointXY.data[point * 2 + 1]!
      if (row.acronym === 'SOUNDG') {
        depths[at] = collector.pointDepth.data[point]!
        soundings.push(at)
        soundingFeatures.push(index)
      }
      at++
    }
    starts[index + 1] = at
  })
  const zooms = new Uint8Array(at)
  const ofSoundings = soundingZooms(
    Int32Array.from({ length: soundings.length * 2 }, (_, i) => xy[soundings[i >> 1]! * 2 + (i & 1)]!),
    Int32Array.from(soundings, (point) => depths[point]!),
    nativeZoom,
  )
  soundings.forEach((point, i) => {
    zooms[point] = ofSoundings[i]!
  })
  return {
    starts,
    xy,
    depths,
    zooms,
    soundings: Uint32Array.from(soundings),
    soundingFeatures: Uint32Array.from(soundingFeatures),
  }
}
