import type { CompiledCellCache } from '#compiled/read/compiled-cell-cache.ts'
import type { Db } from '#db/database.ts'
import { createSingleFlight } from '#lib/single-flight.ts'
import { besideFiner } from './plan/beside-finer.ts'
import type { KeptPlans } from './plan/kept-plans.ts'
import { createLightPlaces } from './plan/light-places.ts'
import { planCells } from './plan/plan-cells.ts'
import { createSnapshotMemo } from './plan/snapshot-memo.ts'
import type { BesideFiner, CachedProduct, Ingredients, Product } from './products/product.ts'
import type { ChartCell, ChartSnapshot } from './view/chart-snapshot.ts'
import type { Charts } from './view/charts.ts'

/** Finds out what products are made of, without making them. */
export interface ProductPlanner {
  /** What a cached product is made of for an account, with its digest. */
  plan<Request, Facts>(
    product: CachedProduct<Request, Facts>,
    request: Request,
    accountId: number,
    signal: AbortSignal,
  ): Promise<Plan<Request, Facts>>
  /** What any product is made of for an account. */
  ingredients<Request, Facts>(
    product: Product<Request, Facts>,
    request: Request,
    accountId: number,
    signal: AbortSignal,
  ): Promise<Ingredients<Request, Facts>>
}

export interface Plan<Request, Facts> extends Ingredients<Request, Facts> {
  digest: string
  /** Of the charts that it was worked out from. */
  version: number
}

export interface ProductPlannerOptions {
  db: Db
  charts: Pick<Charts, 'current'>
  compiled: Pick<CompiledCellCache, 'load'>
  plans: Pick<KeptPlans, 'divide'>
}

/** The part of a plan that follows from the charts alone. */
interface Found {
  cells: readonly ChartCell[]
  besideFiner: BesideFiner
}

const MAXIMUM_PLANS = 20_000

/** Plans of cached products are remembered while the charts stay the same; parts of them for as long as they hold (`KeptPlans`). */
export function createProductPlanner({ db, charts, compiled, plans }: ProductPlannerOptions): ProductPlanner {
  const known = createSnapshotMemo<Found & { facts: unknown; digest: string }>(MAXIMUM_PLANS)
  const planning = createSingleFlight<Found>()
  const lights = createLightPlaces(compiled)

  async function cellsOf<Request, Facts>(
    product: Product<Request, Facts>,
    request: Request,
    snapshot: ChartSnapshot,
    accountId: number,
    signal: AbortSignal,
  ): Promise<Found> {
    const ground = product.ground(request)
    if (ground === null) return { cells: [], besideFiner: [] }
    const cells = await planCells({
      snapshot,
      ground,
      accountId,
      plans,
      reachesIn: async (cells) => (await product.reachesIn?.(cells, ground, lights)) ?? true,
      signal,
    })
    const grounds = product.finerGrounds?.(request) ?? []
    return { cells, besideFiner: grounds.map((each) => besideFiner({ snapshot, ground: each, accountId, cells })) }
  }

  return {
    async plan(product, request, accountId, signal) {
      const facts = await product.facts(request, { db, accountId })
      const snapshot = await charts.current()
      if (!product.isStored) {
        const found = await cellsOf(product, request, snapshot, accountId, signal)
        const ingredients = { request, ...found, facts }
        return { ...ingredients, digest: product.digest(ingredients), version: snapshot.version }
      }
      const key = `${product.name} ${product.key(request)} ${accountId}`
      const remembered = known.get(snapshot, key)
      if (remembered !== undefined && remembered.facts === facts) {
        const { cells, besideFiner, digest } = remembered
        return { request, cells, besideFiner, facts, digest, version: snapshot.version }
      }
      const work = async (stop: AbortSignal) => await cellsOf(product, request, snapshot, accountId, stop)
      const { cells, besideFiner } = remembered ?? (await planning.run(`${snapshot.version} ${key}`, signal, work))
      const ingredients = { request, cells, besideFiner, facts }
      const plan = { ...ingredients, digest: product.digest(ingredients), version: snapshot.version }
      // Without the request: that of a raster tile holds a style of hundreds of kilobytes.
      known.set(snapshot, key, { cells, besideFiner, facts, digest: plan.digest })
      return plan
    },

    async ingredients(product, request, accountId, signal) {
      const facts = await product.facts(request, { db, accountId })
      return { request, ...(await cellsOf(product, request, await charts.current(), accountId, signal)), facts }
    },
  }
}
