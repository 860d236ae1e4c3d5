import { type Box, boxesOverlap } from '#geo/box.ts'
import { worldBoxOf } from '#geo/tile-frame.ts'
import { MAXIMUM_ZOOM } from '#geo/tile-grid.ts'
import { latitudeOfY, longitudeOfX, WORLD, type WorldBox } from '#geo/world.ts'
import type { ChartCell, ChartSnapshot } from '../view/chart-snapshot.ts'
import type { KeptPlans } from './kept-plans.ts'
import type { PlanGround } from './plan-ground.ts'

export interface PlanOptions {
  snapshot: ChartSnapshot
  ground: PlanGround
  accountId: number
  plans: Pick<KeptPlans, 'divide'>
  /** Whether an object of these cells, or one that they hide, may reach into the frame from the ground around it. */
  reachesIn(cells: readonly ChartCell[]): Promise<boolean>
  signal: AbortSignal
}

/** The cells that something is made of. */
export interface PlannedCells {
  /** The first claim first. */
  cells: ChartCell[]
  /** How many cells competed for the ground. */
  candidates: number
}

/** Finds the cells with ground in the frame's box, and those with ground around it when something there may reach in. */
export async function planCells(options: PlanOptions): Promise<PlannedCells> {
  const ordered = candidatesOf(options.snapshot, options.ground, options.accountId)
  return { cells: await drawnOf(ordered, options), candidates: ordered.length }
}

async function drawnOf(
  ordered: readonly ChartCell[],
  { snapshot, ground, accountId, plans, reachesIn, signal }: PlanOptions,
): Promise<ChartCell[]> {
  const overlays = overlaysIn(snapshot, ground, accountId)
  if (ordered.length === 0) return overlays
  const places = await plans.divide(ground, outlinesOf(ordered), signal)
  const cells = places.map(({ place }) => ordered[place]!)
  // A cell that cannot be read counts; making the tile reports it.
  if (places.every(({ isNear }) => isNear) || (await reachesIn(cells).catch(() => true))) return union(cells, overlays)
  return union(
    cells.filter((_, i) => places[i]!.isNear),
    overlays,
  )
}

/** The cells that are drawn over others and whose box meets the frame's. */
function overlaysIn({ overlays, isDisplaced }: ChartSnapshot, { frame }: PlanGround, accountId: number): ChartCell[] {
  if (overlays.length === 0) return []
  const box = degreesBoxOf(worldBoxOf(frame, frame.box))
  const isVisible = (cell: ChartCell) =>
    (cell.accountId === null || cell.accountId === accountId) && !isDisplaced(cell, accountId)
  return overlays.filter((cell) => isVisible(cell) && boxesOverlap(cell.box, box))
}

function degreesBoxOf({ minX, minY, maxX, maxY }: WorldBox): Box {
  const [south, north] = [latitudeOfY(Math.min(maxY, WORLD)), latitudeOfY(Math.max(minY, 0))]
  if (maxX - minX >= WORLD) return [-180, south, 180, north]
  const wrapped = (x: number) => longitudeOfX(((x % WORLD) + WORLD) % WORLD)
  return [wrapped(minX), south, wrapped(maxX), north]
}

function union(cells: readonly ChartCell[], overlays: readonly ChartCell[]): ChartCell[] {
  return [...new Set([...cells, ...overlays])]
}

/** The cells that may have some of the ground, in the order of their claim. @param accountId null for the public cells alone. */
export function candidatesOf(snapshot: ChartSnapshot, { frame, far, zoom }: PlanGround, accountId: number | null): ChartCell[] {
  return snapshot.near(worldBoxOf(frame, far), accountId, Math.min(Math.floor(zoom), MAXIMUM_ZOOM))
}

/** Their outlines, in the same order. */
export function outlinesOf(cells: readonly ChartCell[]): ChartCell['outline'][] {
  return cells.map(({ outline }) => outline)
}
