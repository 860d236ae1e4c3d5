import type { CompiledCell } from '#compiled/format/compiled-cell.ts'
import type { Db } from '#db/database.ts'
import type { LandMap } from '../basemap/land-map.ts'
import type { Checkpoint } from '../draw/draw-objects.ts'
import type { LightPlaces } from '../plan/light-places.ts'
import type { PlanGround } from '../plan/plan-ground.ts'
import type { ChartCell } from '../view/chart-snapshot.ts'

/**
 * Something made of charts for a place. A product is one file and its line in `product-table.ts`; the main thread plans it, a worker
 * thread finds it by its name and makes it. The definition imports its drawing code within `make`, so the main thread never loads it.
 *
 * `Facts` is what the product is made of beside cells, null for none; it must survive a structured clone.
 */
export interface Product<Request, Facts = null> {
  readonly name: string
  /** Zooms that requests may have. */
  readonly zooms: ZoomRange
  /** Units around the tile, 4,096 across, that are drawn too. */
  readonly buffer: number
  /** Units around the tile from where an object may still reach into it; at most the buffer where nothing does. */
  readonly reach: number
  /** The ground to divide among cells; null for a request that needs no chart. */
  ground(request: Request): PlanGround | null
  /**
   * Whether something on the ground around the tile may reach into it. If so, the cells with ground there are ingredients too; a
   * product without this method includes all cells within `reach`.
   */
  reachesIn?(cells: readonly ChartCell[], ground: PlanGround, lights: LightPlaces): Promise<boolean>
  /** The vector tiles in it, for products that tell the cells which fill what finer cells leave open (`besideFiner`). */
  finerGrounds?(request: Request): readonly PlanGround[]
  /** Reads what the product is made of beside cells, for each request; never cached. */
  facts(request: Request, sources: FactSources): Promise<Facts>
  /** Makes the content, in a worker thread: text as UTF-8, null where there is nothing. */
  make(work: Work<Request, Facts>): Promise<Uint8Array | null>
}

/** A product that is named by a digest, which is also its ETag. */
export interface CachedProduct<Request, Facts = null> extends Product<Request, Facts> {
  /** Content-Type. */
  readonly contentType: string
  /** How the cache stores the content: `identity` for formats that are compressed already, such as PNG. */
  readonly encoding: ContentEncoding
  /** False for content that is made again for each request, because it changes often and costs little. */
  readonly isStored: boolean
  /** Tells requests of the product apart. */
  key(request: Request): string
  /** Names the content: the same digest, the same content. */
  digest(ingredients: Ingredients<Request, Facts>): string
}

export interface ZoomRange {
  shallowest: number
  deepest: number
}

export type ContentEncoding = 'gzip' | 'identity'

export interface FactSources {
  db: Db
  accountId: number
}

/** Places of cells in a list of cells, for each of several grounds. */
export type BesideFiner = readonly (readonly number[])[]

/** Everything that decides the content. */
export interface Ingredients<Request, Facts> {
  request: Request
  /** In the order of their claim. */
  cells: readonly ChartCell[]
  /** For each of `finerGrounds`, the places in `cells` of those that fill what finer cells leave open (`plan/beside-finer.ts`). */
  besideFiner?: BesideFiner
  facts: Facts
}

/** What a worker thread makes a product from. */
export interface Work<Request, Facts> {
  request: Request
  /** In the order of their claim. */
  cells: readonly CompiledCell[]
  /** As in `Ingredients`. */
  besideFiner?: BesideFiner
  facts: Facts
  land: LandMap
  checkpoint: Checkpoint
}

/** `facts` of a product made of cells alone. */
export async function noFacts(): Promise<null> {
  return null
}
