import type { PackedGeometry } from './packed-geometry.ts'
import { type Rows, SG2D_WIDTH, SG3D_WIDTH, type VectorRecord } from './records.ts'
import type { SpatialPointers } from './spatial-pointers.ts'
import type { WorkBudget } from './work-budget.ts'

/**
 * The positions of a point feature or sounding array: Point, or MultiPoint for several and for soundings. Null, with a warning, when no
 * position is found.
 */
export function buildPoints(
  spatial: Rows,
  pointers: SpatialPointers,
  factors: { coordinateFactor: number; soundingFactor: number },
  budget: WorkBudget,
  warn: (message: string) => void,
): PackedGeometry | null {
  const { coordinateFactor, soundingFactor } = factors
  const found: VectorRecord[] = []
  let count = 0
  let depths = false
  for (let row = 0; row < spatial.count; row++) {
    const record = pointers.resolve(spatial, row, warn)
    if (record?.coordinates == null) continue
    budget.spend(record.coordinates.count)
    if (record.depths) depths = true
    found.push(record)
    count += record.coordinates.count
  }
  if (count === 0) {
    warn('it has no position')
    return null
  }
  const width = depths ? 3 : 2
  const positions = new Float64Array(count * width)
  let to = 0
  for (const record of found) {
    const { view, start, count } = record.coordinates!
    const step = record.depths ? SG3D_WIDTH : SG2D_WIDTH
    for (let at = start; at < start + count * step; at += step) {
      positions[to] = view.getInt32(at + 4, true) / coordinateFactor
      positions[to + 1] = view.getInt32(at, true) / coordinateFactor
      if (depths) positions[to + 2] = record.depths ? view.getInt32(at + 8, true) / soundingFactor : Number.NaN
      to += width
    }
  }
  return { type: count === 1 && !depths ? 'Point' : 'MultiPoint', positions, flags: null, width, paths: none, polygons: none }
}

const none: readonly number[] = []
