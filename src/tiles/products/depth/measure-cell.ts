import { objectClassName } from '#compiled/format/catalogue-lookup.ts'
import { type CompiledCell, DANGER, FLAG, NO_DEPTH, PRIMITIVE } from '#compiled/format/compiled-cell.ts'
import { attributeTexts } from '#compiled/read/attribute-values.ts'
import { featuresIn, soundingsIn } from '#compiled/read/query-compiled-cell.ts'
import type { Checkpoint } from '#tiles/draw/draw-objects.ts'
import type { Corridor } from './corridor.ts'
import type { GapReason, Unknown } from './depth-answer.ts'
import type { DepthTally } from './depth-tally.ts'
import { type FoundDanger, findDanger } from './find-danger.ts'
import { pointToSegment2 } from './segment-distance.ts'
import { type Interval, type Touch, touchShape } from './touch-shape.ts'

/** Areas whose DRVAL1 is the least depth in them. */
const DEPTH_AREAS = new Set(['DEPARE', 'DRGARE', 'SWPARE'])
const DANGERS = new Set(['WRECKS', 'OBSTRN', 'UWTROC'])
/** Objects of the skin of the earth that have no depth. */
const SOLID: ReadonlyMap<string, Extract<GapReason, Unknown>> = new Map([
  ['LNDARE', 'land'],
  ['UNSARE', 'unsurveyed'],
  ['PONTON', 'structure'],
  ['HULKES', 'structure'],
  ['FLODOC', 'structure'],
])

/** A cell with the stretches that it may describe. */
export interface CellWork {
  cell: CompiledCell
  corridor: Corridor
  tallies: readonly DepthTally[]
  /** Stretches that the cell describes. */
  active: Uint8Array
  /** For each stretch, what the cell draws. */
  own: readonly (readonly Interval[])[]
  /** For each stretch, the worst quality of survey (CATZOC, or 10 and CATQUA); filled in. */
  quality: Map<number, { rank: number; attributes: ReadonlyMap<string, string> }>
}

const FEATURES_BETWEEN_CHECKS = 50

/** Adds what a cell says about the stretches to their tallies. @returns the dangers within reach. */
export function measureCell(work: CellWork, checkpoint: Checkpoint): FoundDanger[] {
  const { cell, corridor } = work
  const dangers: FoundDanger[] = []
  let count = 0
  for (const feature of featuresIn(cell, corridor.box)) {
    if ((cell.featureFlags[feature]! & FLAG.depthBoundary) !== 0) continue
    const name = objectClassName(cell.objectClass[feature]!)
    if (++count % FEATURES_BETWEEN_CHECKS === 0) checkpoint()
    if (DEPTH_AREAS.has(name)) addDepthArea(work, feature)
    else if (name === 'DEPCNT') addContour(work, feature)
    else if (name === 'M_QUAL') addQuality(work, feature)
    else if (DANGERS.has(name)) addDanger(work, feature, dangers)
    else if (SOLID.has(name)) addSolid(work, feature, SOLID.get(name)!)
  }
  addSoundings(work)
  return dangers
}

function touchOf({ cell, corridor }: CellWork, feature: number, wantsInside: boolean): Touch {
  return touchShape(cell, cell.partStart[feature]!, cell.partStart[feature + 1]!, corridor, wantsInside)
}

function visit({ active, tallies }: CellWork, touched: Uint8Array, add: (tally: DepthTally, stretch: number) => void): void {
  for (let i = 0; i < touched.length; i++) if (touched[i] === 1 && active[i] === 1) add(tallies[i]!, i)
}

function addDepthArea(work: CellWork, feature: number): void {
  const { cell } = work
  const attributes = attributeTexts(cell, feature)
  const [least, greatest] = [millimetres(attributes.get('DRVAL1')), millimetres(attributes.get('DRVAL2'))]
  const isSwept = objectClassName(cell.objectClass[feature]!) === 'SWPARE'
  const isUnknown = least === null && !isSwept
  const { touched, inside } = touchOf(work, feature, isUnknown)
  visit(work, touched, (tally, i) => {
    if (least !== null) tally.shoal(least, cell)
    if (!isSwept) tally.deep(greatest)
    if (!isUnknown) return
    tally.unknowns.add('depth')
    tally.gap(inside[i] ?? [], work.own[i]!, 'noDepth')
  })
}

function addContour(work: CellWork, feature: number): void {
  const depth = work.cell.ownDepth[feature]!
  if (depth === NO_DEPTH) return
  visit(work, touchOf(work, feature, false).touched, (tally) => tally.shoal(depth, work.cell))
}

function addSolid(work: CellWork, feature: number, reason: Extract<GapReason, Unknown>): void {
  const { cell } = work
  const isArea = cell.primitive[feature] === PRIMITIVE.area
  if (cell.primitive[feature] === PRIMITIVE.point) {
    const touched = touchOfPoint(work, cell.pointStart[feature]!)
    visit(work, touched, (tally) => tally.unknowns.add(reason))
    return
  }
  const { touched, inside } = touchOf(work, feature, isArea)
  visit(work, touched, (tally, i) => {
    tally.unknowns.add(reason)
    tally.gap(inside[i] ?? [], work.own[i]!, reason)
  })
}

function addDanger(work: CellWork, feature: number, dangers: FoundDanger[]): void {
  const { cell } = work
  const isPoint = cell.primitive[feature] === PRIMITIVE.point
  const touched = isPoint ? touchOfPoint(work, cell.pointStart[feature]!) : touchOf(work, feature, false).touched
  const isSounded = cell.dangerClass[feature] === DANGER.sounded
  let isNear = false
  visit(work, touched, (tally) => {
    isNear = true
    if (isSounded) tally.shoal(cell.ownDepth[feature]!, cell)
    else tally.unknowns.add('danger')
  })
  if (!isNear) return
  const found = findDanger(cell, feature, work.corridor, touched)
  if (found !== null) dangers.push(found)
}

function addQuality(work: CellWork, feature: number): void {
  const attributes = attributeTexts(work.cell, feature)
  const zone = Number(attributes.get('CATZOC') ?? '')
  const rank = zone > 0 ? zone : 10 + Number(attributes.get('CATQUA') ?? '')
  visit(work, touchOf(work, feature, false).touched, (_, i) => {
    const worst = work.quality.get(i)
    if (worst === undefined || rank > worst.rank) work.quality.set(i, { rank, attributes })
  })
}

function addSoundings(work: CellWork): void {
  const { cell, corridor, active, tallies } = work
  for (const item of soundingsIn(cell, corridor.box)) {
    const point = cell.indexedPoints[item]!
    visitPoint(corridor, cell.pointXY[point * 2]!, cell.pointXY[point * 2 + 1]!, (i) => {
      if (active[i] === 1) tallies[i]!.shoal(cell.pointDepth[point]!, cell)
    })
  }
}

function touchOfPoint({ cell, corridor }: CellWork, point: number): Uint8Array {
  const touched = new Uint8Array(corridor.count)
  visitPoint(corridor, cell.pointXY[point * 2]!, cell.pointXY[point * 2 + 1]!, (i) => {
    touched[i] = 1
  })
  return touched
}

function visitPoint({ ends, reach2, near }: Corridor, x: number, y: number, add: (stretch: number) => void): void {
  near(x, y, x, y, (i) => {
    const [ax, ay, bx, by] = [ends[i * 4]!, ends[i * 4 + 1]!, ends[i * 4 + 2]!, ends[i * 4 + 3]!]
    if (pointToSegment2(x, y, ax, ay, bx, by) <= reach2[i]!) add(i)
  })
}

function millimetres(text: string | undefined): number | null {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) ? Math.round(value * 1_000) : null
}
