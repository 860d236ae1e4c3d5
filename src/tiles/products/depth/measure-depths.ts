import { objectClassName } from '#compiled/format/catalogue-lookup.ts'
import type { CompiledCell } from '#compiled/format/compiled-cell.ts'
import { featureUuid } from '#compiled/read/cell-uuids.ts'
import { boxesInCell } from '#compiled/read/query-compiled-cell.ts'
import { statesCoverage } from '#compiled/read/states-coverage.ts'
import { latitudeOfY, longitudeOfX, WORLD } from '#geo/world.ts'
import { surveyQuality } from '#s57/words/describe-quality.ts'
import type { Checkpoint } from '#tiles/draw/draw-objects.ts'
import { roundDegrees } from '#tiles/draw/geo-json.ts'
import { wordsOfFeature } from '#tiles/draw/words-of-feature.ts'
import { createCorridor } from './corridor.ts'
import type { DepthAnswer, DepthDanger, DepthGap, DepthRequest, DepthSample, DepthSource, Stretch } from './depth-answer.ts'
import { DepthTally } from './depth-tally.ts'
import type { FoundDanger } from './find-danger.ts'
import { type CellWork, measureCell } from './measure-cell.ts'
import { holds, readPaths, type Shape, touchPaths } from './touch-shape.ts'

type Quality = CellWork['quality']

/** Ground of the cells so far, with the turn that leads to their coordinates. */
interface Claimed {
  coverage: Shape
  turn: number
}

/**
 * Measures a piece of a line: the shallowest that the charts allow within reach of each stretch. A cell counts for the stretches near its
 * ground, unless an earlier cell covers a stretch with everything within reach; where charts meet, both count.
 * @param cells in the order of their claim.
 */
export function measureDepths(request: DepthRequest, cells: readonly CompiledCell[], checkpoint: Checkpoint): DepthAnswer {
  const tallies = request.stretches.map(() => new DepthTally())
  const qualities = new Map<CompiledCell, Quality>()
  const claimed: Claimed[] = []
  const dangers = new Map<string, DepthDanger>()
  const { box } = createCorridor(request, 0)
  for (const cell of cells) {
    if (tallies.every(({ isClosed }) => isClosed) && statesCoverage(cell)) continue
    for (const { turn } of boxesInCell(cell, box)) {
      checkpoint()
      const quality = qualities.get(cell) ?? new Map()
      qualities.set(cell, quality)
      const earlier = [...claimed]
      for (const danger of tellOf(cell, turn, { request, tallies, quality, claimed }, checkpoint)) {
        if (isHidden(danger, turn, earlier) || danger.nearest.offset > request.withinMetres) continue
        const described = describeDanger(danger, request.stretches)
        dangers.set(described.id, dangers.get(described.id) ?? described)
      }
    }
  }
  return {
    samples: tallies.map((tally, i) => toSample(tally, request.stretches[i]!, i, qualities)),
    dangers: [...dangers.values()].sort((a, b) => a.distance - b.distance || a.offset - b.offset),
    gaps: tallies.flatMap((tally, i) => gapsOf(tally, request.stretches[i]!)),
  }
}

interface Measuring {
  request: DepthRequest
  tallies: readonly DepthTally[]
  quality: Quality
  claimed: Claimed[]
}

/** Adds what one view of a cell says, and claims its ground. */
function tellOf(
  cell: CompiledCell,
  turn: number,
  { request, tallies, quality, claimed }: Measuring,
  checkpoint: Checkpoint,
): FoundDanger[] {
  const corridor = createCorridor(request, turn)
  const coverage = readPaths(cell, cell.coverageParts[0], cell.coverageParts[1], corridor.box)
  const ground = touchPaths(coverage, corridor, true)
  const isOverlay = !statesCoverage(cell)
  const active = new Uint8Array(corridor.count)
  const own = tallies.map((tally, i) => {
    active[i] = isOverlay || (!tally.isClosed && ground.touched[i] === 1) ? 1 : 0
    return tally.cover(ground.inside[i] ?? [], cell)
  })
  const dangers = active.includes(1) ? measureCell({ cell, corridor, tallies, active, own, quality }, checkpoint) : []
  tallies.forEach((tally, i) => {
    tally.isClosed ||= ground.touched[i] === 1 && ground.boundary[i] === 0
  })
  claimed.push({ coverage, turn })
  return dangers
}

/** Whether a danger lies on the ground of an earlier cell, which either has the danger itself or shows that it is gone. */
function isHidden({ nearest: { x, y } }: FoundDanger, turn: number, earlier: readonly Claimed[]): boolean {
  return earlier.some(({ coverage, turn: other }) => holds(coverage.paths, x - turn + other, y))
}

function describeDanger({ cell, feature, nearest, depth }: FoundDanger, stretches: readonly Stretch[]): DepthDanger {
  const { start, end } = stretches[nearest.stretch]!
  const { name, edition, update, compilationScale } = cell.header
  return {
    id: featureUuid(cell, feature),
    layerId: objectClassName(cell.objectClass[feature]!),
    words: wordsOfFeature(cell, feature, []),
    position: toPosition(nearest),
    distance: round(start + (end - start) * nearest.place),
    offset: round(nearest.offset),
    depth: depth === null ? null : depth / 1_000,
    source: { cell: name, edition, update, scale: compilationScale },
  }
}

function toSample(
  tally: DepthTally,
  { from, start, end }: Stretch,
  index: number,
  qualities: Map<CompiledCell, Quality>,
): DepthSample {
  const cell = tally.shoalestCell ?? tally.ownerCell
  const isKnown = tally.isDeepestKnown && Number.isFinite(tally.deepest)
  return {
    distance: round(start),
    until: round(end),
    position: toPosition(from),
    shoalest: tally.shoalest === Infinity ? null : tally.shoalest / 1_000,
    deepest: isKnown ? Math.max(tally.deepest, tally.shoalest) / 1_000 : null,
    unknowns: [...tally.unknowns],
    source: cell === null ? null : toSource(cell, qualities.get(cell)?.get(index)?.attributes),
  }
}

function toSource({ header }: CompiledCell, quality: ReadonlyMap<string, string> | undefined): DepthSource {
  const { name, edition, update, compilationScale } = header
  return { cell: name, edition, update, scale: compilationScale, quality: quality === undefined ? null : surveyQuality(quality) }
}

function gapsOf(tally: DepthTally, { start, end }: Stretch): DepthGap[] {
  const open = tally.open().map((interval) => ({ interval, reason: 'noChart' as const }))
  return [...open, ...tally.gaps]
    .map(({ interval: [from, to], reason }) => ({
      from: round(start + (end - start) * from),
      to: round(start + (end - start) * to),
      reason,
    }))
    .sort((a, b) => a.from - b.from || a.to - b.to)
}

function toPosition({ x, y }: { x: number; y: number }): [number, number] {
  const wrapped = ((x % WORLD) + WORLD) % WORLD
  return [roundDegrees(longitudeOfX(wrapped)), roundDegrees(latitudeOfY(y))]
}

/** Metres to the decimetre. */
function round(metres: number): number {
  return Math.round(metres * 10) / 10
}
