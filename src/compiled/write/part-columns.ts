import { PART } from '../format/compiled-cell.ts'
import { type ArcColumns, pathZoom, pushArcs } from './arc-columns.ts'
import type { FeatureRow } from './feature-rows.ts'
import type { GeometryCollector } from './geometry-collector.ts'
import { createIntList, push, unsigned } from './int-list.ts'
import { createRunColumns, type RunColumns } from './run-columns.ts'
import type { RunFinder } from './stretch-runs.ts'
import type { Topology } from './topology.ts'

export interface PartColumns {
  starts: Uint32Array
  kinds: Uint8Array
  zooms: Uint8Array
  arcStarts: Uint32Array
  arcs: Uint32Array
  /** The first part of the coverage, and the first after it. */
  coverage: readonly [number, number]
  runs: RunColumns
}

/**
 * Builds the parts of the features in their order, then those of the coverage, the paths from `coveragePath` on, then those of runs
 * that pass only some stretches of a part.
 */
export function partColumns(
  rows: readonly FeatureRow[],
  collector: GeometryCollector,
  topology: Topology,
  arcs: ArcColumns,
  coveragePath: number,
  finder: RunFinder,
): PartColumns {
  const starts = createIntList()
  const kinds: number[] = []
  const zooms: number[] = []
  const arcStarts = createIntList()
  const partArcs = createIntList()
  push(arcStarts, 0)

  function endPart(kind: number, zoom: number): void {
    kinds.push(kind)
    zooms.push(zoom)
    push(arcStarts, partArcs.length)
  }

  function addPath(path: number): void {
    for (let i = topology.pathStart[path]!; i < topology.pathStart[path + 1]!; i++) {
      pushArcs(partArcs, arcs, topology.pathStretches[i]!)
    }
    const kind = collector.pathKind.data[path]!
    endPart(kind, pathZoom(topology, path, kind))
  }

  for (const row of rows) {
    push(starts, kinds.length)
    if (row.boundary !== null) {
      pushArcs(partArcs, arcs, row.boundary.stretch * 2)
      endPart(PART.line, 0)
    } else {
      for (let path = row.firstPath; path < row.endPath; path++) addPath(path)
    }
  }
  push(starts, kinds.length)
  const coverageStart = kinds.length
  for (let path = coveragePath; path < collector.pathCount(); path++) addPath(path)
  const coverageEnd = kinds.length

  const runs = createRunColumns()
  rows.forEach((row, index) => {
    runs.beginFeature()
    for (const run of finder.runsOf(row)) {
      const whole = starts.data[index]! + run.path
      runs.add(run, run.stretches === null ? whole : kinds.length)
      if (run.stretches === null) continue
      for (const reference of run.stretches) pushArcs(partArcs, arcs, reference)
      endPart(PART.line, zooms[whole]!)
    }
  })
  return {
    starts: unsigned(starts),
    kinds: Uint8Array.from(kinds),
    zooms: Uint8Array.from(zooms),
    arcStarts: unsigned(arcStarts),
    arcs: unsigned(partArcs),
    coverage: [coverageStart, coverageEnd],
    runs,
  }
}
