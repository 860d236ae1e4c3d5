import type { PackedGeometry } from '#s57/packed-geometry.ts'
import { type PositionBuffer, takeNumbers } from '#s57/position-buffer.ts'
import type { Rows } from '#s57/records.ts'
import type { WorkBudget } from '#s57/work-budget.ts'
import type { DatasetFactors } from './dataset-header.ts'
import type { DatasetStore } from './dataset-store.ts'
import type { PositionQuality } from './position-quality.ts'
import { C2IL_WIDTH, C3IL_WIDTH, MULTIPOINT, POINT, recordName, SPAS_WIDTH, type SpatialRecord } from './records.ts'

const none: readonly number[] = []

/** The points and multipoints of a feature; a record that it names twice counts once. */
function pointRecords(store: DatasetStore, spatial: Rows, warn: (message: string) => void): readonly SpatialRecord[] {
  const first = pointAt(store, spatial, 0, warn)
  if (spatial.count === 1) return first === undefined ? [] : [first]
  const found = new Set<SpatialRecord>()
  if (first !== undefined) found.add(first)
  for (let i = 1; i < spatial.count; i++) {
    const record = pointAt(store, spatial, i, warn)
    if (record !== undefined) found.add(record)
  }
  return [...found]
}

function pointAt(
  store: DatasetStore,
  { view, start }: Rows,
  i: number,
  warn: (message: string) => void,
): SpatialRecord | undefined {
  const at = start + i * SPAS_WIDTH
  const kind = view.getUint8(at)
  const id = view.getUint32(at + 1, true)
  const record = kind === POINT || kind === MULTIPOINT ? store.spatial.get(kind)?.get(id) : undefined
  if (record === undefined) warn(`${recordName(kind, id)} is missing or no point`)
  return record
}

/** Whether a point or multipoint of a feature lies at an inaccurate position. */
export function hasInaccuratePoint(store: DatasetStore, spatial: Rows, quality: PositionQuality): boolean {
  for (let i = 0; i < spatial.count; i++) {
    const at = spatial.start + i * SPAS_WIDTH
    const kind = spatial.view.getUint8(at)
    if (kind !== POINT && kind !== MULTIPOINT) continue
    const record = store.spatial.get(kind)?.get(spatial.view.getUint32(at + 1, true))
    if (record !== undefined && quality.isInaccurate(record)) return true
  }
  return false
}

/** So few numbers are kept inside their array; more take memory of their own, which costs more than the numbers. */
const mostAlone = 8

/**
 * The positions of a point feature or of soundings: Point, or MultiPoint for several and for soundings. Null, with a warning, when no
 * position is found.
 */
export function buildPoints(
  store: DatasetStore,
  spatial: Rows,
  { coordinateFactor, soundingFactor }: DatasetFactors,
  buffer: PositionBuffer,
  budget: WorkBudget,
  warn: (message: string) => void,
): PackedGeometry | null {
  let count = 0
  let depths = false
  const found = pointRecords(store, spatial, warn)
  for (const record of found) {
    if (record.coordinates === null) continue
    count += record.coordinates.count
    depths ||= record.depths
  }
  budget.spend(count)
  if (count === 0) {
    warn('it has no position')
    return null
  }
  const width = depths ? 3 : 2
  const numbers = count * width
  const positions = numbers <= mostAlone ? new Float64Array(numbers) : takeNumbers(buffer, numbers)
  let to = 0
  for (const record of found) {
    if (record.coordinates === null) continue
    const { view, start, count } = record.coordinates
    const step = record.depths ? C3IL_WIDTH : C2IL_WIDTH
    for (let at = start; at < start + count * step; at += step) {
      positions[to] = view.getInt32(at + 4, true) / coordinateFactor
      positions[to + 1] = view.getInt32(at, true) / coordinateFactor
      if (depths) positions[to + 2] = record.depths ? view.getInt32(at + 8, true) / soundingFactor : Number.NaN
      to += width
    }
  }
  return { type: count === 1 && !depths ? 'Point' : 'MultiPoint', positions, flags: null, width, paths: none, polygons: none }
}
