import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { createSingleFlight } from '#lib/single-flight.ts'
import type { PartOf } from './cache/memory-tiles.ts'
import type { TileCache } from './cache/tile-cache.ts'
import type { KeptPlans } from './plan/kept-plans.ts'
import { createProductPlanner, type Plan } from './product-planner.ts'
import { cutLine, type MeasuredLine, piecesOf } from './products/depth/cut-line.ts'
import type { DepthAnswer } from './products/depth/depth-answer.ts'
import { type DepthProfile, mergeAnswers } from './products/depth/merge-answers.ts'
import type { ContentEncoding, Ingredients } from './products/product.ts'
import {
  type CachedProductName,
  cachedProductNamed,
  type FactsOf,
  type ProductName,
  productNamed,
  type RequestOf,
} from './products/product-table.ts'
import type { FeatureQuery } from './products/query/query-frame.ts'
import { createRecentTiles } from './recent-tiles.ts'
import { type CellSource, loadCellBuffers } from './render/load-cell-buffers.ts'
import type { TileRenderer } from './render/tile-renderer.ts'
import { encodeContent, openContent, type TileContent } from './tile-content.ts'
import type { ChartCell } from './view/chart-snapshot.ts'
import type { Charts } from './view/charts.ts'

/** A product for one request, not made yet. */
export interface Tile {
  /** Names the content: the same digest, the same content. */
  digest: string
  /** Content-Type. */
  contentType: string
  /** Of `TileContent.encoded`. */
  encoding: ContentEncoding
  /** The cells it is made of, the first claim first. */
  cells: readonly ChartCell[]
  /** How many cells competed for its ground. */
  candidates: number
  /** Whether charts have changed since it was planned: a new one is being made, or the list of charts is being read. */
  isOutdated: boolean
  /**
   * Finds the content in the cache, or makes it; null where there is nothing.
   *
   * @throws AppError CHART_UNREADABLE (503) when a compiled cell cannot be used.
   */
  content(signal: AbortSignal): Promise<TileContent | null>
  /**
   * The encoded content, zero bytes for nothing, if it lies in memory and the charts are still those it was planned from; otherwise null.
   * The function may be kept, because it holds neither the cells nor the request.
   * @param part selects the bytes that are wanted; all of them unless given.
   */
  recall(part?: PartOf): Buffer | null
}

export interface TileService {
  /** What a product is made of for an account, without making it. */
  tile<N extends CachedProductName>(product: N, request: RequestOf<N>, accountId: number, signal: AbortSignal): Promise<Tile>
  /** The same, or what it was a moment ago while the new one takes long to make (`RecentTiles`): for maps on a screen. */
  recentTile<N extends CachedProductName>(
    product: N,
    request: RequestOf<N>,
    accountId: number,
    signal: AbortSignal,
  ): Promise<Tile>
  /** The features near a position, as the JSON text of the answer. */
  query(query: FeatureQuery, accountId: number, signal: AbortSignal): Promise<Uint8Array>
  /** The depths along a line, or at a position. */
  depths(query: DepthQuery, accountId: number, signal: AbortSignal): Promise<DepthProfile>
}

export interface DepthQuery {
  line: MeasuredLine
  /** Distance from the line within which things count, in metres. */
  withinMetres: number
}

export interface TileServiceOptions extends CellSource {
  db: Db
  clock: Clock
  charts: Charts
  renderer: TileRenderer
  plans: Pick<KeptPlans, 'divide'>
  /** As in `ProductPlannerOptions`. */
  mostPlans?: number | undefined
  cache: TileCache
}

export function createTileService(options: TileServiceOptions): TileService {
  const { cache, renderer } = options
  const planner = createProductPlanner(options)
  const making = createSingleFlight<Buffer>()

  async function make<N extends ProductName>(
    product: N,
    { request, cells, besideFiner = [], facts }: Ingredients<RequestOf<N>, FactsOf<N>>,
    signal: AbortSignal,
  ): Promise<Uint8Array | null> {
    // The cells are loaded when it begins: otherwise, dozens of waiting tiles would hold hundreds of megabytes that no cache counts.
    return await renderer.make(async () => {
      const loaded = await loadCellBuffers(cells, options, signal)
      return { order: { product, request, facts, besideFiner, cells: loaded.cells }, release: loaded.release }
    }, signal)
  }

  const recent = createRecentTiles<Tile>(options.clock)

  function tileOf<N extends CachedProductName>(name: N, plan: Plan<RequestOf<N>, FactsOf<N>>): Tile {
    const { contentType, encoding, isStored } = cachedProductNamed(name)
    const { digest, cells, candidates, version } = plan
    return {
      digest,
      contentType,
      encoding,
      cells,
      candidates,
      isOutdated: options.charts.known()?.version !== version,
      recall: isStored ? recaller(options, plan) : () => null,
      async content(abort) {
        const encoded =
          (isStored ? await cache.get(digest) : null) ??
          (await making.run(digest, abort, async (stop) => {
            const fresh = await encodeContent(await make(name, plan, stop), encoding, { fast: !isStored })
            if (isStored) await cache.put(digest, fresh)
            return fresh
          }))
        return openContent(encoded, encoding)
      },
    }
  }

  async function tile<N extends CachedProductName>(name: N, request: RequestOf<N>, accountId: number, signal: AbortSignal) {
    return tileOf(name, await planner.plan(cachedProductNamed(name), request, accountId, signal))
  }

  return {
    tile,

    async recentTile(name, request, accountId, signal) {
      const product = cachedProductNamed(name)
      return await recent.get(
        `${name} ${product.key(request)} ${accountId}`,
        {
          async known() {
            const plan = await planner.known(product, request, accountId)
            return plan === null ? null : tileOf(name, plan)
          },
          isMade: async ({ digest }) => (await cache.get(digest)) !== null,
          find: (stop) => tile(name, request, accountId, stop),
        },
        signal,
      )
    },

    async query(query, accountId, signal) {
      const ingredients = await planner.ingredients(productNamed('query'), query, accountId, signal)
      return (await make('query', ingredients, signal)) ?? new Uint8Array()
    },

    async depths({ line, withinMetres }, accountId, signal) {
      const answers: DepthAnswer[] = []
      // One after the other, so that the charts of a piece are released before those of the next one are read.
      for (const piece of piecesOf(cutLine(line), withinMetres)) {
        const ingredients = await planner.ingredients(productNamed('depth'), piece, accountId, signal)
        const bytes = await make('depth', ingredients, signal)
        answers.push(JSON.parse(new TextDecoder().decode(bytes ?? undefined)) as DepthAnswer)
      }
      return mergeAnswers(answers, line.length)
    },
  }
}

/** A separate function, because a closure keeps alive everything that closures made in the same scope use. */
function recaller(
  { cache, charts }: Pick<TileServiceOptions, 'cache' | 'charts'>,
  { digest, version }: { digest: string; version: number },
): Tile['recall'] {
  return (part) => (charts.known()?.version === version ? cache.near(digest, part) : null)
}
