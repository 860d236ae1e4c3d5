import { setImmediate as nextTurn } from 'node:timers/promises'
import type { TileAddress } from '#geo/tile-grid.ts'
import { messageOf } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import type { ChartSnapshot } from '../view/chart-snapshot.ts'
import { KEPT_ON_DISK, type KeptPlans } from './kept-plans.ts'
import { candidatesOf, outlinesOf } from './plan-cells.ts'
import type { PlanGround } from './plan-ground.ts'

/**
 * The plans of low zooms, where thousands of cells compete for a tile, made ahead of need and kept on disk: a map of the world opens at
 * once, also after a restart. A change of cells makes only the plans of their tiles again.
 */
export interface Overview {
  /** To be called for each snapshot; work on an earlier one stops. */
  follow(snapshot: ChartSnapshot): void
  /** Resolves when the plans of the last snapshot are made. */
  settled(): Promise<void>
  close(): Promise<void>
}

export interface OverviewOptions {
  plans: Pick<KeptPlans, 'prepare'>
  /** The ground of a tile whose plan is to be made. */
  groundOf(tile: TileAddress): PlanGround | null
  log: Log
  /** How long cells must stay as they are before plans are made: a refresh changes them every second. */
  quietMilliseconds?: number
}

/** At deeper zooms a plan takes a few milliseconds. */
export const OVERVIEW_ZOOMS = 7

const DEFAULT_QUIET = 3_000

export function createOverview({ plans, groundOf, log, quietMilliseconds = DEFAULT_QUIET }: OverviewOptions): Overview {
  let timer: NodeJS.Timeout | undefined
  let stop = new AbortController()
  let running: Promise<void> = Promise.resolve()
  /** Pending from a change of cells until their plans are made. */
  let work: PromiseWithResolvers<void> | null = null

  function halt(): void {
    clearTimeout(timer)
    stop.abort(new Error('the cells have changed'))
    stop = new AbortController()
  }

  function finish(): void {
    work?.resolve()
    work = null
  }

  return {
    follow(snapshot) {
      halt()
      work ??= Promise.withResolvers<void>()
      const { signal } = stop
      timer = setTimeout(() => {
        running = prepare(snapshot, { plans, groundOf }, signal).then(
          () => {
            if (!signal.aborted) finish()
          },
          (error: unknown) => {
            if (signal.aborted) return
            log.warn({ reason: messageOf(error) }, 'the plans of the low zooms could not be prepared')
            finish()
          },
        )
      }, quietMilliseconds)
      timer.unref()
    },
    settled: async () => await work?.promise,
    async close() {
      halt()
      finish()
      await running
    },
  }
}

/** Descends from the world as long as tiles have many cells: a tile has all the cells of its parts. */
async function prepare(
  snapshot: ChartSnapshot,
  { plans, groundOf }: Pick<OverviewOptions, 'plans' | 'groundOf'>,
  signal: AbortSignal,
): Promise<void> {
  const waiting: TileAddress[] = [{ z: 0, x: 0, y: 0 }]
  for (const tile of waiting) {
    if (signal.aborted) return
    const ground = groundOf(tile)
    const cells = ground === null ? [] : candidatesOf(snapshot, ground, null)
    if (ground === null || cells.length <= KEPT_ON_DISK) continue
    await plans.prepare(ground, outlinesOf(cells), signal)
    if (tile.z < OVERVIEW_ZOOMS) waiting.push(...quartersOf(tile))
    // Lets requests in between two tiles, even when all plans are known.
    await nextTurn()
  }
}

function quartersOf({ z, x, y }: TileAddress): TileAddress[] {
  return [0, 1, 2, 3].map((quarter) => ({ z: z + 1, x: x * 2 + (quarter & 1), y: y * 2 + (quarter >> 1) }))
}
