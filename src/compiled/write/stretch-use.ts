import { NO_DEPTH } from '../format/compiled-cell.ts'
import { depthOfArea, type FeatureRow } from './feature-rows.ts'
import type { Topology } from './topology.ts'

/** What runs along each stretch, as far as depth boundaries need it. */
export interface StretchUse {
  /** DRVAL1 of the depth areas on it in millimetres, NO_DEPTH for none: at most two, one on each side. */
  first: Int32Array
  second: Int32Array
  /** 1 where a contour (DEPCNT) runs. */
  contour: Uint8Array
  /** 1 along the limit of the coverage. */
  limit: Uint8Array
}

/** @param coverage the paths of the coverage, the second number excluded. */
export function stretchUseOf(
  topology: Topology,
  rows: readonly FeatureRow[],
  coverage: readonly [first: number, end: number],
): StretchUse {
  const count = topology.stretchStart.length - 1
  const use: StretchUse = {
    first: new Int32Array(count).fill(NO_DEPTH),
    second: new Int32Array(count).fill(NO_DEPTH),
    contour: new Uint8Array(count),
    limit: new Uint8Array(count),
  }
  const stretchesOf = (first: number, end: number) =>
    topology.pathStretches.subarray(topology.pathStart[first], topology.pathStart[end])
  for (const reference of stretchesOf(coverage[0], coverage[1])) use.limit[reference >> 1] = 1
  for (const row of rows) {
    if (row.acronym === 'DEPCNT') {
      for (const reference of stretchesOf(row.firstPath, row.endPath)) use.contour[reference >> 1] = 1
      continue
    }
    const depth = depthOfArea(row)
    if (depth !== null) for (const reference of stretchesOf(row.firstPath, row.endPath)) addDepthArea(use, reference >> 1, depth)
  }
  return use
}

function addDepthArea(use: StretchUse, stretch: number, depth: number): void {
  if (use.first[stretch] === NO_DEPTH) use.first[stretch] = depth
  else if (use.second[stretch] === NO_DEPTH) use.second[stretch] = depth
}
