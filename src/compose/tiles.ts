import path from 'node:path'
import { compiledCacheBudget } from '#compiled/read/compiled-cell-cache.ts'
import type { Config } from '#config/config.ts'
import type { Database } from '#db/database.ts'
import { systemClock } from '#lib/clock.ts'
import type { Log } from '#lib/log.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { type LandLoader, preloadLand } from '#tiles/basemap/preload-land.ts'
import { openTileCache, type TileCache } from '#tiles/cache/tile-cache.ts'
import { tileMemoryBudget } from '#tiles/cache/tile-memory-budget.ts'
import { createTiles, type Tiles } from '#tiles/create-tiles.ts'
import { plansInMemory } from '#tiles/plan/plans-in-memory.ts'
import { hasSpareThread, threadMegabytes } from '#tiles/render/thread-megabytes.ts'
import type { ProcessMetrics } from './metrics.ts'

/** Starts loading the background land, except in a worker: it has no drawing threads before it draws. */
export function composeLand({ role }: Config): LandLoader | null {
  return role === 'worker' ? null : preloadLand()
}

/** What is drawn from the charts. */
export interface TileServices {
  cache: TileCache
  tiles: Tiles
}

export interface TileParts {
  storage: BlobStore
  log: Log
  threads: ProcessMetrics['threads']
  /** Of `composeLand`. */
  land: LandLoader | null
  /** Called with the key of a compiled cell that cannot be used. */
  onBrokenCell(key: string, error: unknown): void
}

export async function composeTiles(
  config: Config,
  database: Database,
  { storage, log, threads, land, onBrokenCell }: TileParts,
  closing: AsyncDisposableStack,
): Promise<TileServices> {
  const { machineMemoryBytes } = config
  const cache = await openTileCache({
    folder: path.join(config.dataDir, 'tiles'),
    maximumBytes: config.tiles.cacheBytes,
    memoryBytes: config.role === 'worker' ? 0 : tileMemoryBudget(machineMemoryBytes),
    log,
  })
  closing.defer(() => cache.close())
  const tiles = createTiles({
    db: database.db,
    url: database.url,
    storage,
    clock: systemClock,
    log,
    cache,
    threads: config.tiles.threads,
    hasSpareThread: hasSpareThread(machineMemoryBytes, config.tiles.threads),
    threadMegabytes: threadMegabytes(machineMemoryBytes, config.tiles.threads),
    land,
    compiledBytes: compiledCacheBudget(machineMemoryBytes),
    mostPlans: plansInMemory(machineMemoryBytes),
    preferStandard: config.preferStandard,
    onBrokenCell,
  })
  closing.defer(() => tiles.close())
  threads['tiles'] = () => tiles.load()
  return { cache, tiles }
}
