import { worldBoxOf } from '#geo/tile-frame.ts'
import { MAXIMUM_ZOOM } from '#geo/tile-grid.ts'
import { orderCells } from '../quilt/cell-order.ts'
import type { ChartCell, ChartSnapshot } from '../view/chart-snapshot.ts'
import type { Outline } from '../view/outline.ts'
import type { PlannedPlace } from './divide-ground.ts'
import type { PlanGround } from './plan-ground.ts'

export interface PlanOptions {
  snapshot: ChartSnapshot
  ground: PlanGround
  accountId: number
  /** `divideGround`, in a worker thread. */
  divide(ground: PlanGround, outlines: Outline[], signal: AbortSignal): Promise<PlannedPlace[]>
  /** Whether an object of these cells, or one that they hide, may reach into the frame from the ground around it. */
  reachesIn(cells: readonly ChartCell[]): Promise<boolean>
  signal: AbortSignal
}

/**
 * The cells that something is made of, the first claim first: those with ground in the frame's box, and those with ground around it
 * when something there may reach in.
 */
export async function planCells({ snapshot, ground, accountId, divide, reachesIn, signal }: PlanOptions): Promise<ChartCell[]> {
  const candidates = snapshot.near(worldBoxOf(ground.frame, ground.far), accountId)
  const ordered = orderCells(candidates, Math.min(Math.floor(ground.zoom), MAXIMUM_ZOOM))
  if (ordered.length === 0) return []
  const places = await divide(
    ground,
    ordered.map(({ outline }) => outline),
    signal,
  )
  const cells = places.map(({ place }) => ordered[place]!)
  // A cell that cannot be read counts; making the tile reports it.
  if (places.every(({ isNear }) => isNear) || (await reachesIn(cells).catch(() => true))) return cells
  return cells.filter((_, i) => places[i]!.isNear)
}
