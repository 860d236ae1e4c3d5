import type { Db } from '#db/database.ts'
import { createSingleFlight } from '#lib/single-flight.ts'
import type { TileCache } from './cache/tile-cache.ts'
import { createLightPlaces } from './plan/light-places.ts'
import { planCells } from './plan/plan-cells.ts'
import { createSnapshotMemo } from './plan/snapshot-memo.ts'
import type { ContentEncoding, Ingredients, Product } from './products/product.ts'
import {
  type CachedProductName,
  cachedProductNamed,
  type FactsOf,
  type ProductName,
  productNamed,
  type RequestOf,
} from './products/product-table.ts'
import type { FeatureQuery } from './products/query/query-frame.ts'
import { type CellSource, loadCellBuffers } from './render/load-cell-buffers.ts'
import type { TileRenderer } from './render/tile-renderer.ts'
import { encodeContent, openContent, type TileContent } from './tile-content.ts'
import type { ChartCell, ChartSnapshot } from './view/chart-snapshot.ts'
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
  /**
   * Finds the content in the cache, or makes it; null where there is nothing.
   *
   * @throws AppError CHART_UNREADABLE (503) when a compiled cell cannot be used.
   */
  content(signal: AbortSignal): Promise<TileContent | null>
}

export interface TileService {
  /** What a product is made of for an account, without making it. */
  tile<N extends CachedProductName>(product: N, request: RequestOf<N>, accountId: number, signal: AbortSignal): Promise<Tile>
  /** The features near a position, as the JSON text of the answer. */
  query(query: FeatureQuery, accountId: number, signal: AbortSignal): Promise<Uint8Array>
}

export interface TileServiceOptions extends CellSource {
  db: Db
  charts: Charts
  renderer: TileRenderer
  cache: TileCache
}

const MAXIMUM_PLANS = 20_000

/** What a request was found to be made of while the charts are the same. */
interface Plan<Facts> {
  cells: ChartCell[]
  facts: Facts
  digest: string
}

export function createTileService(options: TileServiceOptions): TileService {
  const { charts, cache, renderer, compiled, db } = options
  const plans = createSnapshotMemo<Plan<FactsOf<CachedProductName>>>(MAXIMUM_PLANS)
  const making = createSingleFlight<Buffer>()
  const lights = createLightPlaces(compiled)

  return {
    async tile(name, request, accountId, signal) {
      const product = cachedProductNamed(name)
      const facts = await product.facts(request, { db, accountId })
      const snapshot = await charts.current()
      const key = `${product.name} ${product.key(request)} ${accountId}`
      let plan = plans.get(snapshot, key)
      // Other facts, another digest; the cells stay the same.
      if (plan === undefined || plan.facts !== facts) {
        const cells = plan?.cells ?? (await cellsOf(product, request, snapshot, accountId, signal))
        plan = { cells, facts, digest: product.digest({ request, cells, facts }) }
        plans.set(snapshot, key, plan)
      }
      const { digest, cells } = plan
      const { contentType, encoding } = product
      return {
        digest,
        contentType,
        encoding,
        cells,
        async content(abort) {
          const encoded =
            (await cache.get(digest)) ??
            (await making.run(digest, abort, async (stop) => {
              const fresh = await encodeContent(await make(name, { request, cells, facts }, stop), encoding)
              await cache.put(digest, fresh)
              return fresh
            }))
          return openContent(encoded, encoding)
        },
      }
    },

    async query(request, accountId, signal) {
      const product = productNamed('query')
      const cells = await cellsOf(product, request, await charts.current(), accountId, signal)
      const facts = await product.facts(request, { db, accountId })
      return (await make('query', { request, cells, facts }, signal)) ?? new Uint8Array()
    },
  }

  async function cellsOf<Request, Facts>(
    product: Product<Request, Facts>,
    request: Request,
    snapshot: ChartSnapshot,
    accountId: number,
    signal: AbortSignal,
  ): Promise<ChartCell[]> {
    const ground = product.ground(request)
    if (ground === null) return []
    return await planCells({
      snapshot,
      ground,
      accountId,
      divide: renderer.divide,
      reachesIn: async (cells) => (await product.reachesIn?.(cells, ground, lights)) ?? true,
      signal,
    })
  }

  async function make<N extends ProductName>(
    product: N,
    { request, cells, facts }: Ingredients<RequestOf<N>, FactsOf<N>>,
    signal: AbortSignal,
  ): Promise<Uint8Array | null> {
    return await renderer.make({ product, request, facts, cells: await loadCellBuffers(cells, options, signal) }, signal)
  }
}
