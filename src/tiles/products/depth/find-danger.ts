import { type CompiledCell, DANGER, PRIMITIVE } from '#compiled/format/compiled-cell.ts'
import type { Corridor } from './corridor.ts'
import { type NearestPlace, nearestPlace } from './nearest-place.ts'
import { holds, readPaths } from './touch-shape.ts'

/** A wreck, rock or obstruction within reach of the line. */
export interface FoundDanger {
  cell: CompiledCell
  feature: number
  nearest: NearestPlace
  /** Millimetres; null when the chart gives none. */
  depth: number | null
}

/** Finds where a danger lies beside the line. @param touched stretches within reach of it. */
export function findDanger(cell: CompiledCell, feature: number, corridor: Corridor, touched: Uint8Array): FoundDanger | null {
  const nearest = nearestOf(cell, feature, corridor, touched)
  const depth = cell.dangerClass[feature] === DANGER.sounded ? cell.ownDepth[feature]! : null
  return nearest === null ? null : { cell, feature, nearest, depth }
}

function nearestOf(cell: CompiledCell, feature: number, corridor: Corridor, touched: Uint8Array): NearestPlace | null {
  if (cell.primitive[feature] === PRIMITIVE.point) {
    const at = cell.pointStart[feature]! * 2
    return nearestPlace(cell.pointXY.subarray(at, at + 2), corridor)
  }
  const { paths, isArea } = readPaths(cell, cell.partStart[feature]!, cell.partStart[feature + 1]!, corridor.box)
  if (isArea) {
    for (let stretch = 0; stretch < corridor.count; stretch++) {
      if (touched[stretch] === 0) continue
      const [x, y] = [corridor.ends[stretch * 4]!, corridor.ends[stretch * 4 + 1]!]
      if (holds(paths, x, y)) return { stretch, place: 0, x, y, offset: 0 }
    }
  }
  const places = paths.flatMap((path) => nearestPlace(path, corridor) ?? [])
  return places.reduce<NearestPlace | null>((best, place) => (best === null || place.offset < best.offset ? place : best), null)
}
