import type { CompiledCellCache } from '#compiled/read/compiled-cell-cache.ts'
import type { Db } from '#db/database.ts'
import { worldBoxOf } from '#geo/tile-frame.ts'
import { emptyWorldBox, extendWorldBox, type WorldBox } from '#geo/world.ts'
import { createSingleFlight } from '#lib/single-flight.ts'
import { besideFiner, boxAround } from './plan/beside-finer.ts'
import type { KeptPlans } from './plan/kept-plans.ts'
import { createLightPlaces } from './plan/light-places.ts'
import { planCells } from './plan/plan-cells.ts'
import { MOST_PLANS } from './plan/plans-in-memory.ts'
import { createRememberedPlans } from './plan/remembered-plans.ts'
import type { BesideFiner, CachedProduct, Ingredients, Product } from './products/product.ts'
import type { ChartCell, ChartSnapshot } from './view/chart-snapshot.ts'
import type { Charts } from './view/charts.ts'

/** Determines what products are made of, without making them. */
export interface ProductPlanner {
  /** What a cached product is made of for an account, with its digest. */
  plan<Request, Facts>(
    product: CachedProduct<Request, Facts>,
    request: Request,
    accountId: number,
    signal: AbortSignal,
  ): Promise<Plan<Request, Facts>>
  /** The same when it is known without work, otherwise null. */
  known<Request, Facts>(
    product: CachedProduct<Request, Facts>,
    request: Request,
    accountId: number,
  ): Promise<Plan<Request, Facts> | null>
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
  /** How many cells competed for the ground: what finding the plan costs. */
  candidates: number
  /** Version of the charts that it was derived from. */
  version: number
}

export interface ProductPlannerOptions {
  db: Db
  charts: Pick<Charts, 'current'>
  compiled: Pick<CompiledCellCache, 'load'>
  plans: Pick<KeptPlans, 'divide'>
  /** How many plans are remembered (`plansInMemory`). */
  mostPlans?: number | undefined
}

/** The part of a plan that depends on the charts alone. */
interface Found {
  cells: readonly ChartCell[]
  besideFiner: BesideFiner
  /** How many cells competed for the ground. */
  candidates: number
  /** Where a change of cells may change this; null for nowhere. */
  seen: WorldBox | null
}

/** Plans of cached products are remembered until a cell on their ground changes; parts of them for as long as they hold (`KeptPlans`). */
export function createProductPlanner({ db, charts, compiled, plans, mostPlans }: ProductPlannerOptions): ProductPlanner {
  const known = createRememberedPlans<Omit<Found, 'seen'> & { facts: unknown; digest: string }>(mostPlans ?? MOST_PLANS)
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
    if (ground === null) return { cells: [], besideFiner: [], candidates: 0, seen: null }
    const { cells, candidates } = await planCells({
      snapshot,
      ground,
      accountId,
      plans,
      reachesIn: async (cells) => (await product.reachesIn?.(cells, ground, lights)) ?? true,
      signal,
    })
    const grounds = product.finerGrounds?.(request) ?? []
    return {
      cells,
      besideFiner: grounds.map((each) => besideFiner({ snapshot, ground: each, accountId, cells })),
      candidates,
      seen: boxOfAll([worldBoxOf(ground.frame, ground.far), ...grounds.map(({ frame }) => boxAround(frame))]),
    }
  }

  /** The remembered plan of a product or null, and what is needed to make it. */
  async function look<Request, Facts>(product: CachedProduct<Request, Facts>, request: Request, accountId: number) {
    const facts = await product.facts(request, { db, accountId })
    const snapshot = await charts.current()
    const key = `${product.name} ${product.key(request)} ${accountId}`
    const remembered = product.isStored ? known.get(snapshot, key) : undefined
    const plan = remembered?.facts === facts ? { request, ...remembered, facts, version: snapshot.version } : null
    return { facts, snapshot, key, plan }
  }

  return {
    async known(product, request, accountId) {
      return (await look(product, request, accountId)).plan
    },

    async plan(product, request, accountId, signal) {
      const { facts, snapshot, key, plan } = await look(product, request, accountId)
      if (plan !== null) return plan
      if (!product.isStored) {
        const { cells, besideFiner, candidates } = await cellsOf(product, request, snapshot, accountId, signal)
        const ingredients = { request, cells, besideFiner, facts }
        return { ...ingredients, digest: product.digest(ingredients), candidates, version: snapshot.version }
      }
      const work = async (stop: AbortSignal) => await cellsOf(product, request, snapshot, accountId, stop)
      const { cells, besideFiner, candidates, seen } = await planning.run(`${snapshot.version} ${key}`, signal, work)
      const ingredients = { request, cells, besideFiner, facts }
      const digest = product.digest(ingredients)
      // Leaves out the request, because that of a raster tile holds a style of hundreds of kilobytes.
      known.set(snapshot, key, seen, { cells, besideFiner, candidates, facts, digest })
      return { ...ingredients, digest, candidates, version: snapshot.version }
    },

    async ingredients(product, request, accountId, signal) {
      const facts = await product.facts(request, { db, accountId })
      const { cells, besideFiner } = await cellsOf(product, request, await charts.current(), accountId, signal)
      return { request, cells, besideFiner, facts }
    },
  }
}

function boxOfAll(boxes: readonly WorldBox[]): WorldBox {
  const all = emptyWorldBox()
  for (const { minX, minY, maxX, maxY } of boxes) {
    extendWorldBox(all, minX, minY)
    extendWorldBox(all, maxX, maxY)
  }
  return all
}
