import { type CompiledCell, FLAG, NO_DEPTH, PRIMITIVE, RUN } from '#compiled/format/compiled-cell.ts'
import type { GridLine } from '#geo/overlay/grid.ts'
import { type CellView, lineAlong } from '#tiles/draw/cell-geometry.ts'
import type { TileShare } from '#tiles/draw/divide-tile.ts'
import type { Checkpoint, ViewedFeatures } from '#tiles/draw/draw-objects.ts'
import type { TileValue } from '#tiles/mvt/tile-layer.ts'
import { linesWithRunUp, repetitionOf } from './run-up.ts'

/** Stretches with the same properties, cut to a tile: of one feature, or of all depth boundaries between the same depths. */
export interface DrawnRuns {
  feature: number
  lines: GridLine[]
  /** What the stretches add to the properties of the feature: `shallowSide`, `deepSide`, `lowAccuracy`. */
  properties: [string, TileValue][]
}

const RUNS_BETWEEN_CHECKS = 200

/** Whether a feature is a line that is drawn stretch by stretch, and not as a whole. */
export function isDrawnByRuns(cell: CompiledCell, feature: number): boolean {
  return cell.primitive[feature] === PRIMITIVE.line && cell.runStart[feature]! < cell.runStart[feature + 1]!
}

/** Draws the runs of a cell's share of a tile: stretches of lines, and the boundaries of areas. */
export function drawRuns(share: TileShare, views: readonly ViewedFeatures[], checkpoint: Checkpoint): DrawnRuns[] {
  const drawn: DrawnRuns[] = []
  const { cell } = share
  /** The lines of depth boundaries, which have no identity, by their properties. */
  const boundaries = new Map<string, GridLine[]>()
  let count = 0
  for (const { view, features } of views) {
    for (const feature of features) {
      const first = cell.runStart[feature]!
      const end = cell.runStart[feature + 1]!
      if (first === end) continue
      if (++count % RUNS_BETWEEN_CHECKS === 0) checkpoint()
      const repetition = repetitionOf(cell, feature)
      for (const [run, runs] of alike(cell, first, end)) {
        const clipped =
          repetition === null
            ? clippedRuns(share, view, runs)
            : runs.flatMap((each) => linesWithRunUp(share, view, cell.runPart[each]!, repetition))
        if (clipped.length === 0) continue
        const isBoundary = (cell.featureFlags[feature]! & FLAG.depthBoundary) !== 0
        const key = `${cell.runShallow[run]} ${cell.runDeep[run]} ${cell.runFlags[run]}`
        const joined = isBoundary ? boundaries.get(key) : undefined
        if (joined !== undefined) {
          for (const line of clipped) joined.push(line)
          continue
        }
        drawn.push({ feature, lines: clipped, properties: propertiesOf(cell, run) })
        if (isBoundary) boundaries.set(key, clipped)
      }
    }
  }
  return drawn
}

function clippedRuns(share: TileShare, view: CellView, runs: readonly number[]): GridLine[] {
  const lines: GridLine[] = []
  for (const run of runs) {
    const line = lineAlong(view, view.cell.runPart[run]!)
    if (line !== null) lines.push(line)
  }
  return lines.length === 0 ? lines : share.clipLines(lines)
}

/** Groups runs with the same properties; each group begins with its first run. */
function alike({ runFlags, runShallow, runDeep }: CompiledCell, first: number, end: number): Map<number, number[]> {
  const groups = new Map<number, number[]>()
  for (let run = first; run < end; run++) {
    let found = false
    for (const [other, runs] of groups) {
      found = runFlags[run] === runFlags[other] && runShallow[run] === runShallow[other] && runDeep[run] === runDeep[other]
      if (!found) continue
      runs.push(run)
      break
    }
    if (!found) groups.set(run, [run])
  }
  return groups
}

function propertiesOf({ runFlags, runShallow, runDeep }: CompiledCell, run: number): [string, TileValue][] {
  const properties: [string, TileValue][] = []
  if (runShallow[run] !== NO_DEPTH) properties.push(['shallowSide', runShallow[run]! / 1000])
  if (runDeep[run] !== NO_DEPTH) properties.push(['deepSide', runDeep[run]! / 1000])
  if ((runFlags[run]! & RUN.lowAccuracy) !== 0) properties.push(['lowAccuracy', true])
  return properties
}
