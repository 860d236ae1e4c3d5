import { type CompiledCellCache, createCompiledCellCache } from '#compiled/read/compiled-cell-cache.ts'
import type { Db } from '#db/database.ts'
import { listen } from '#db/listen.ts'
import type { Clock } from '#lib/clock.ts'
import type { Log } from '#lib/log.ts'
import type { ThreadLoad } from '#lib/metrics.ts'
import type { Standard } from '#s57/cell.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { attributionText, type DatasetAttribution, datasetAttributions } from './attribution.ts'
import type { LandLoader } from './basemap/preload-land.ts'
import type { TileCache } from './cache/tile-cache.ts'
import { createKeptPlans } from './plan/kept-plans.ts'
import { createOverview } from './plan/overview.ts'
import { vector } from './products/vector.ts'
import { createTileRenderer, type TileRenderer } from './render/tile-renderer.ts'
import { warmUp } from './render/warm-up.ts'
import { createTileService, type TileService } from './tile-service.ts'
import type { ChartSnapshot } from './view/chart-snapshot.ts'
import { CELLS_CHANNEL, type Charts, createCharts } from './view/charts.ts'

/** Everything that is made of the charts, and its threads. */
export interface Tiles extends TileService {
  attributions(): Promise<DatasetAttribution[]>
  /** The text that names the sources of the public cells, in HTML. */
  attribution(): Promise<string>
  charts: Charts
  compiled: CompiledCellCache
  /** Load of the drawing threads. */
  load(): ThreadLoad
  /** Resolves when the threads that start ahead of need have drawn or failed; at once when none starts early. */
  warm(): Promise<void>
  close(): Promise<void>
}

export interface TilesOptions {
  db: Db
  /** Database URL, for the connection that listens to notifications. */
  url: string
  storage: BlobStore
  clock: Clock
  log: Log
  cache: TileCache
  /** Drawing threads. */
  threads: number
  /** Whether there is an additional thread for plans; by default, yes. */
  hasSpareThread?: boolean
  /** Heap of a drawing thread, in megabytes. */
  threadMegabytes?: number
  /** The land, preloaded: then a drawing thread starts at once too, rather than with the first tile. */
  land?: LandLoader | null
  /** Memory for compiled cells, in bytes. */
  compiledBytes: number
  /** How many plans are remembered. */
  mostPlans?: number
  /** Which of two cells that show the same chart in both standards is drawn. */
  preferStandard?: Standard
  /** Called for each compiled cell that cannot be used. */
  onBrokenCell(key: string, error: unknown): void
}

/** Starts listening for changed cells; drawing threads start with the first tile, or at once with `land`. */
export function createTiles(options: TilesOptions): Tiles {
  const { db, clock, log, storage, cache } = options
  const listener = listen({
    url: options.url,
    channels: [CELLS_CHANNEL],
    log,
    onNotification: () => charts.changed(),
    onConnect: () => charts.changed(),
  })
  const charts: Charts = createCharts({
    db,
    clock,
    log,
    listening: () => listener.listening(),
    onSnapshot: (snapshot) => overview.follow(snapshot),
    ...(options.preferStandard === undefined ? {} : { preferStandard: options.preferStandard }),
  })
  const compiled = createCompiledCellCache({ storage, budgetBytes: options.compiledBytes })
  const renderer: TileRenderer = createTileRenderer({
    threads: options.threads,
    hasSpare: options.hasSpareThread,
    memoryMegabytes: options.threadMegabytes,
    loadLand: options.land ?? undefined,
    log,
  })
  const ending = new AbortController()
  const warming = options.land == null ? Promise.resolve() : warmed()
  const plans = createKeptPlans({ divide: renderer.divide, cache, mostPlans: options.mostPlans })
  const overview = createOverview({ plans, groundOf: vector.ground, log })
  const service = createTileService({
    db,
    clock,
    charts,
    compiled,
    renderer,
    plans,
    mostPlans: options.mostPlans,
    cache,
    log,
    onBrokenCell: options.onBrokenCell,
  })
  async function warmed(): Promise<void> {
    renderer.warm()
    // Without a list of cells the first request tries again, and says why.
    const snapshot = await charts.current().catch(() => null)
    if (snapshot !== null) await warmUp({ snapshot, compiled, renderer, threads: options.threads, log, signal: ending.signal })
  }

  return {
    ...service,
    charts,
    compiled,
    load: () => renderer.load(),
    async attribution() {
      return await attributionOf(charts)
    },
    async attributions() {
      const { cells } = await charts.current()
      const publicCells = cells.filter(({ accountId }) => accountId === null)
      return datasetAttributions(
        publicCells.map(({ name, source, issueDate, updateDate, indexedAt }) => ({
          name,
          source,
          sourcedAt: Date.parse(issueDate ?? updateDate ?? '1970-01-01'),
          processedAt: indexedAt,
        })),
      )
    },
    warm: () => warming,
    async close() {
      ending.abort(new Error('the server stops'))
      await listener.close()
      await charts.close()
      await overview.close()
      await renderer.close()
    },
  }
}

const texts = new WeakMap<ChartSnapshot, string>()

async function attributionOf(charts: Charts): Promise<string> {
  const snapshot = await charts.current()
  const known = texts.get(snapshot)
  if (known !== undefined) return known
  const text = attributionText(snapshot.cells.filter(({ accountId }) => accountId === null))
  texts.set(snapshot, text)
  return text
}
