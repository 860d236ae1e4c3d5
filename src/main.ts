import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { createAccounts } from '#accounts/accounts.ts'
import { loadSecretKey } from '#accounts/secret-key.ts'
import { createTokenCipher } from '#accounts/token-cipher.ts'
import { type Cells, createCells } from '#charts/cells/cells.ts'
import { createCellReader } from '#charts/reading/cell-reader.ts'
import { createSharedCellReader } from '#charts/reading/shared-cell-reader.ts'
import { createS63, type S63 } from '#charts/uploads/s63.ts'
import { sweepUploads } from '#charts/uploads/sweep-uploads.ts'
import { createUploads, type Uploads } from '#charts/uploads/uploads.ts'
import { compiledCacheBudget } from '#compiled/read/compiled-cell-cache.ts'
import type { Config } from '#config/config.ts'
import { prepareDataDir } from '#config/prepare-data-dir.ts'
import { checkServer } from '#db/check-server.ts'
import { isConnectionError } from '#db/connection-error.ts'
import { type Database, type Db, openDatabase } from '#db/database.ts'
import { startEmbeddedPostgres } from '#db/embedded/start-embedded-postgres.ts'
import { migrate } from '#db/migrate.ts'
import type { App } from '#http/app.ts'
import { createOperationsServer } from '#http/operations-server.ts'
import { createServer } from '#http/server.ts'
import { createJobs, type Jobs } from '#jobs/jobs.ts'
import { type Background, createBackground } from '#lib/background.ts'
import { systemClock } from '#lib/clock.ts'
import type { Log } from '#lib/log.ts'
import { createMetrics, type Metrics, type ThreadLoad } from '#lib/metrics.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { createFolderStore } from '#storage/folder-store.ts'
import { createRecompileRequests, type RecompileRequests } from '#tasks/ask-for-recompile.ts'
import { clearTiles } from '#tasks/clear-tiles.ts'
import { deleteUpload } from '#tasks/delete-upload.ts'
import { indexCustomEncs } from '#tasks/index-custom-encs.ts'
import { indexPublicEncs } from '#tasks/index-public-encs.ts'
import { JOB_TYPE_NAMES } from '#tasks/job-type-names.ts'
import { recompileCells } from '#tasks/recompile-cells.ts'
import { refreshPublicCharts } from '#tasks/refresh-public-charts.ts'
import { userUpload } from '#tasks/user-upload.ts'
import { vacuumAnalyze } from '#tasks/vacuum-analyze.ts'
import { startTracing } from '#telemetry/start-tracing.ts'
import { openTileCache, type TileCache } from '#tiles/cache/tile-cache.ts'
import { tileMemoryBudget } from '#tiles/cache/tile-memory-budget.ts'
import { createTiles, type Tiles } from '#tiles/create-tiles.ts'
import { threadMegabytes } from '#tiles/render/thread-megabytes.ts'

export const VERSION = '0.1.0'

const UPLOAD_SWEEP_MILLISECONDS = 30 * 60_000

export interface Chartroom {
  /** Where the server answers, for people: no final slash. Null for a worker without a port. */
  url: string | null
  /** Stops in the order that loses nothing: HTTP, jobs, pools, PostgreSQL. */
  close(): Promise<void>
}

/**
 * Builds every service once, in order, and starts them. When one cannot start, those before it are closed again and the error
 * is thrown: nothing half-started stays behind.
 */
export async function startChartroom(config: Config, given: Log): Promise<Chartroom> {
  const { role } = config
  // Lines of several processes end up in one place.
  const log = role === 'all' ? given : given.child({ role, instance: config.instanceName })
  const closers: (() => Promise<void>)[] = []
  const close = async () => {
    for (let closer = closers.pop(); closer; closer = closers.pop()) await closer()
  }
  const stop = async () => {
    log.info('stopping')
    await close()
    log.info('stopped')
  }
  try {
    await prepareDataDir(config.dataDir)
    if (config.tracing !== null) {
      const tracing = await startTracing({ ...config.tracing, instanceName: config.instanceName, version: VERSION, log })
      closers.push(() => tracing.close())
    }
    const url = await startPostgres(config, log, closers)

    const database = openDatabase({ url, onError: (error) => log.debug({ err: error }, 'an idle database connection broke') })
    closers.push(() => database.close())
    const { db } = database
    for (const name of await migrate(db)) log.info(`database: applied ${name}`)

    const clock = systemClock
    const storage = createFolderStore(path.join(config.dataDir, 'blobs'))
    const workers = config.jobs.maxWorkerCount
    const reader = createSharedCellReader(() => createCellReader({ threads: workers }))
    const metrics = createMetrics({ onError: (name, error) => log.debug({ err: error, metric: name }, 'a metric was not read') })
    const threads: Record<string, () => ThreadLoad> = { cells: () => reader.load() }
    describeProcess(metrics, config, database, threads)
    const s63 = await openS63(config)
    const cache = await openTileCache({
      folder: path.join(config.dataDir, 'tiles'),
      maximumBytes: config.tiles.cacheBytes,
      memoryBytes: role === 'worker' ? 0 : tileMemoryBudget(config.machineMemoryBytes),
      log,
    })
    closers.push(() => cache.close())
    const indexing = { db, storage, clock, workers, reader }
    const jobs: Jobs = createJobs({
      db,
      url,
      log,
      clock,
      metrics,
      names: JOB_TYPE_NAMES,
      types: [
        refreshPublicCharts({
          ...indexing,
          // With an external database others may be at work too, and what they are does not matter here.
          shared: config.databaseUrl !== null,
          catalogueUrl: config.publicCharts.url,
          filter: config.publicCharts.filter,
          version: VERSION,
        }),
        indexPublicEncs({
          ...indexing,
          catalogueUrl: config.publicCharts.url,
          version: VERSION,
          worker: config.instanceName,
        }),
        userUpload({ db, storage, s63 }),
        indexCustomEncs({ db, storage, reader, s63, workers }),
        deleteUpload({ db, storage, reader, clock, s63, cancel: (jobId, reason) => jobs.cancel(jobId, reason) }),
        clearTiles({ cache }),
        recompileCells({ ...indexing, s63 }),
        vacuumAnalyze({ db }),
      ],
      concurrency: role === 'api' ? null : { import: workers, maintenance: 1, light: 4 },
      soleWorker: config.databaseUrl === null,
    })
    closers.push(() => jobs.close())
    await jobs.start()
    if (role !== 'worker') {
      const sweeper = createUploadSweeper(db, storage, log)
      closers.push(() => sweeper.stop())
      sweeper.start()
    }
    const recompile = createRecompileRequests({ db, storage, jobs, log })
    if (role !== 'worker') await recompile.atStart()
    // Workers have no say in it: one that was started without the variable would end what the API server has scheduled.
    if (role !== 'worker') {
      if (config.jobs.autoChartUpdate) await jobs.scheduleWeekly('refresh-public-charts')
      else await jobs.unscheduleWeekly('refresh-public-charts')
    }

    const health = [{ name: 'database', check: async () => void (await sql`select 1`.execute(db)) }]
    const common = { log, metrics, health, isUnavailable: isConnectionError }
    if (config.port === null) return { url: null, close: stop }
    const server =
      role === 'worker'
        ? createOperationsServer(common)
        : await createApi(config, database, jobs, common, {
            uploads: createUploads({ db, storage, userPermit: s63?.userPermit ?? null }),
            cells: createCells({ db, storage }),
            tiles: createTilesOf(config, database, { storage, cache, log, closers, recompile, loads: threads }),
          })
    closers.push(() => server.close())
    return { url: await listenAt(server, config.host, config.port), close: stop }
  } catch (error) {
    await close()
    throw error
  }
}

/** The server of the product's own interface, with the accounts that may use it. */
async function createApi(
  config: Config,
  { db }: Database,
  jobs: Jobs,
  common: Omit<Parameters<typeof createServer>[0], 'accounts' | 'jobs' | 'uploads' | 'cells' | 'tiles' | 'version'>,
  parts: { uploads: Uploads; cells: Cells; tiles: Tiles },
): Promise<App> {
  const accounts = createAccounts({ db, clock: systemClock, log: common.log, secretKey: await loadSecretKey(config.dataDir) })
  await accounts.provision({
    adminUsername: config.initialAdmin.username,
    adminPassword: config.initialAdmin.password,
    defaultToken: config.provisioningDefaultToken,
  })
  return createServer({ ...common, accounts, jobs, ...parts, version: VERSION })
}

/** What is made of the charts; closed after the server that answers with it. */
function createTilesOf(
  config: Config,
  database: Database,
  given: {
    storage: BlobStore
    cache: TileCache
    log: Log
    closers: (() => Promise<void>)[]
    recompile: RecompileRequests
    /** Where the metrics find what each pool of threads does. */
    loads: Record<string, () => ThreadLoad>
  },
): Tiles {
  const { threads } = config.tiles
  const { storage, cache, log, closers, recompile } = given
  const tiles = createTiles({
    db: database.db,
    url: database.url,
    storage,
    clock: systemClock,
    log,
    cache,
    threads,
    threadMegabytes: threadMegabytes(config.machineMemoryBytes, threads),
    compiledBytes: compiledCacheBudget(config.machineMemoryBytes),
    onBrokenCell: (key, error) => void recompile.report(key, error),
  })
  closers.push(() => tiles.close())
  given.loads['tiles'] = () => tiles.load()
  return tiles
}

/** Removes what uploads have left that were cut off by a crash: at the start and now and then. */
function createUploadSweeper(db: Db, storage: BlobStore, log: Log): Background {
  return createBackground({
    name: 'sweeping uploads',
    intervalMilliseconds: UPLOAD_SWEEP_MILLISECONDS,
    atStart: true,
    clock: systemClock,
    log,
    async runOnce(signal) {
      const files = await sweepUploads(db, storage, systemClock, signal)
      if (files > 0) log.info({ files }, 'removed files of uploads that were never completed')
    },
  })
}

/** Encrypted charts, where the operator has given an identity. */
async function openS63({ s63, dataDir }: Config): Promise<S63 | null> {
  if (s63.identity === null) return null
  const { identity, signatures, authorityFile } = s63
  const authorities = []
  if (authorityFile !== null) {
    const bytes = await readFile(authorityFile)
    authorities.push({ name: path.basename(authorityFile), bytes })
  }
  return createS63({ identity, signatures, authorities, cipher: createTokenCipher(await loadSecretKey(dataDir)) })
}

/** Numbers of the process as a whole; every service adds its own. */
function describeProcess(
  metrics: Metrics,
  config: Config,
  database: Database,
  threads: Readonly<Record<string, () => ThreadLoad>>,
): void {
  metrics.addProcess()
  metrics.gauge(
    'chartroom_info',
    'Always 1; the labels say what runs here.',
    () => [{ labels: { version: VERSION, role: config.role, instance: config.instanceName }, value: 1 }],
    ['version', 'role', 'instance'],
  )
  metrics.gauge(
    'chartroom_database_connections',
    'Connections of the pool: open (size), without work (idle), and callers that wait for one (waiting).',
    () => Object.entries(database.pool()).map(([state, value]) => ({ labels: { state }, value })),
    ['state'],
  )
  metrics.gauge(
    'chartroom_worker_threads',
    'Worker threads by pool: running (threads), at work (busy), and tasks that wait for one (queued).',
    () =>
      Object.entries(threads).flatMap(([pool, load]) =>
        Object.entries(load()).map(([state, value]) => ({ labels: { pool, state }, value })),
      ),
    ['pool', 'state'],
  )
}

/** The embedded PostgreSQL of a data directory on its own, for processes that share it (`chartroom cluster-demo`). */
export async function startOwnPostgres(
  config: Config,
  dataDir: string,
  log: Log,
): Promise<{ url: string; stop(): Promise<void> }> {
  const { settings, user } = config.postgres
  return await startEmbeddedPostgres({ dataDir, settings, runAs: user, log })
}

/** Starts the embedded PostgreSQL, or checks the external one; returns its address. */
async function startPostgres(config: Config, log: Log, closers: (() => Promise<void>)[]): Promise<string> {
  if (config.databaseUrl !== null) {
    await checkServer(config.databaseUrl, { waitMilliseconds: config.databaseWaitSeconds * 1_000, clock: systemClock, log })
    return config.databaseUrl
  }
  const postgres = await startOwnPostgres(config, config.dataDir, log)
  closers.push(() => postgres.stop())
  return postgres.url
}

async function listenAt(server: App, host: string, port: number): Promise<string> {
  await server.listen({ host, port }).catch((error: unknown) => {
    throw explainListenError(error, host, port)
  })
  return `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${port}`
}

function explainListenError(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  if (code === 'EADDRINUSE') return new Error(`port ${port} is already in use on ${host}: stop what listens there, or set PORT`)
  if (code === 'EACCES') return new Error(`port ${port} may not be opened by this user: set PORT to one above 1023`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return new Error(`HOST ${host} is not an address of this machine`)
  return error
}
