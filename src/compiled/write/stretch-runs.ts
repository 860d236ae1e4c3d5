import { SEGMENT } from '#s57/segment-flags.ts'
import { NO_DEPTH, PART, RUN } from '../format/compiled-cell.ts'
import type { FeatureRow } from './feature-rows.ts'
import type { GeometryColumns } from './geometry-columns.ts'
import { hasOutline, isBelowCoast, showsAccuracy } from './outline-classes.ts'
import { type DepthSides, type StretchUse, sidesOf } from './stretch-use.ts'
import type { Topology } from './topology.ts'

/** Consecutive stretches of a path with the same properties. */
export interface StretchRun extends DepthSides {
  /** Index into the paths of the feature. */
  path: number
  /** The stretches, as in `Topology.pathStretches`; null for the whole path. */
  stretches: Int32Array | null
  /** Bits of `RUN`. */
  flags: number
}

/** Finds the runs of features. */
export interface RunFinder {
  /** Returns the runs of a feature that is drawn stretch by stretch; none for any other. */
  runsOf(row: FeatureRow): StretchRun[]
}

const NO_SIDES: DepthSides = { shallow: NO_DEPTH, deep: NO_DEPTH }

/** Creates a finder of the runs of a cell's features: contours, inaccurate lines, boundaries of areas. */
export function createRunFinder(topology: Topology, use: StretchUse, { pathKind }: GeometryColumns): RunFinder {
  const { pathStart, pathStretches, pathFlags } = topology

  /** Returns the properties of a feature on one of its stretches; null where its boundary is not drawn. */
  function propertiesAt(row: FeatureRow, i: number): (DepthSides & { flags: number }) | null {
    const stretch = pathStretches[i]! >> 1
    const flags = (pathFlags[i]! & SEGMENT.lowAccuracy) === 0 ? 0 : RUN.lowAccuracy
    if (row.primitive === 'line') return { flags, ...(row.acronym === 'DEPCNT' ? sidesOf(use, stretch) : NO_SIDES) }
    const isHidden = (pathFlags[i]! & SEGMENT.hidden) !== 0 || use.limit[stretch] === 1
    if (isHidden || (use.coast[stretch] === 1 && isBelowCoast(row))) return null
    return { flags, ...NO_SIDES }
  }

  /** Cuts a path of a feature where its properties change. */
  function cut(row: FeatureRow, path: number, found: StretchRun[]): void {
    const first = pathStart[path]!
    const count = pathStart[path + 1]! - first
    const all = Array.from({ length: count }, (_, i) => propertiesAt(row, first + i))
    const isRing = pathKind.data[path] !== PART.line
    // A run must not end where a ring happens to begin.
    const change = isRing ? all.findIndex((each, i) => !isSame(each, all[(i + count - 1) % count]!)) : 0
    const begin = Math.max(0, change)
    for (let from = 0; from < count; ) {
      const properties = all[(begin + from) % count]!
      let to = from + 1
      while (to < count && isSame(all[(begin + to) % count]!, properties)) to++
      if (properties !== null) {
        const stretches = Int32Array.from({ length: to - from }, (_, i) => pathStretches[first + ((begin + from + i) % count)]!)
        found.push({ path: path - row.firstPath, stretches: to - from === count ? null : stretches, ...properties })
      }
      from = to
    }
  }

  function isUniform(row: FeatureRow): boolean {
    for (let i = pathStart[row.firstPath]!; i < pathStart[row.endPath]!; i++) {
      if ((pathFlags[i]! & SEGMENT.lowAccuracy) !== 0) return false
    }
    return true
  }

  return {
    runsOf(row) {
      if (row.boundary !== null) {
        const { stretch, deeper: deep, shallower: shallow } = row.boundary
        return [{ path: 0, stretches: null, flags: use.lowAccuracy[stretch] === 1 ? RUN.lowAccuracy : 0, shallow, deep }]
      }
      const isContour = row.acronym === 'DEPCNT' && row.primitive === 'line'
      if (!isContour && !hasOutline(row) && (!showsAccuracy(row) || isUniform(row))) return []
      const found: StretchRun[] = []
      for (let path = row.firstPath; path < row.endPath; path++) cut(row, path, found)
      return found
    },
  }
}

type Properties = (DepthSides & { flags: number }) | null

function isSame(a: Properties, b: Properties): boolean {
  if (a === null || b === null) return a === b
  return a.flags === b.flags && a.shallow === b.shallow && a.deep === b.deep
}
