import { refuseUnfinishedRestore } from './backup/unfinished-restore.ts'
import { composeApi } from './compose/api.ts'
import { composeCharts, startUploadSweeper } from './compose/charts.ts'
import { composeDatabase, explainStartFailure } from './compose/database.ts'
import { composeExports, startExportExpiry } from './compose/exports.ts'
import { createInstance } from './compose/instance/create-instance.ts'
import { createPresence, type Presence, type PresenceParts } from './compose/instance/presence.ts'
import { composeJobs, type JobServices, startJobs } from './compose/jobs.ts'
import { composeMark } from './compose/mark.ts'
import { composeMetrics } from './compose/metrics.ts'
import { composePortal } from './compose/portal.ts'
import { refuseUnknownSources } from './compose/refuse-unknown-sources.ts'
import { composeReports, startReportExpiry } from './compose/reports.ts'
import { composeSecretKey } from './compose/secret-key.ts'
import { composeStorage } from './compose/storage.ts'
import { composeLand, composeTiles } from './compose/tiles.ts'
import { composeWebhooks } from './compose/webhooks.ts'
import type { Config } from './config/config.ts'
import { prepareDataDir } from './config/prepare-data-dir.ts'
import { createClientActivity } from './lib/client-activity.ts'
import { systemClock } from './lib/clock.ts'
import type { Log } from './lib/log.ts'
import type { RecentLines } from './lib/recent-lines.ts'
import { VERSION } from './lib/version.ts'
import { startTracing } from './telemetry/start-tracing.ts'

export interface Chartroom {
  /** Where the server answers, for people: no final slash. Null for a worker without a port. */
  url: string | null
  /** Stops in the order that loses nothing: HTTP, jobs, pools, PostgreSQL. */
  close(): Promise<void>
}

export interface StartOptions {
  /** Whether the portal must be built from its sources first. */
  isPortalStale?: boolean
  /** Where the log keeps its last lines, for the diagnostics. */
  recentLog?: RecentLines
}

/**
 * Builds every service once, in order, and starts them; `close` stops them in reverse. When one cannot start, those before it
 * are closed and the error is thrown: nothing stays half-started.
 */
export async function startChartroom(config: Config, given: Log, options: StartOptions = {}): Promise<Chartroom> {
  const { role } = config
  // Lines of several processes end up in one place.
  const log = role === 'all' ? given : given.child({ role, instance: config.instanceName })
  const closing = new AsyncDisposableStack()
  try {
    const url = await start(config, log, closing, options)
    const close = async () => {
      log.info('stopping')
      await closing.disposeAsync()
      log.info('stopped')
    }
    return { url, close }
  } catch (error) {
    await closing.disposeAsync()
    throw explainStartFailure(error)
  }
}

async function start(
  config: Config,
  log: Log,
  closing: AsyncDisposableStack,
  { isPortalStale = false, recentLog }: StartOptions,
): Promise<string | null> {
  refuseUnknownSources(config)
  await prepareDataDir(config.dataDir, foldersOf(config))
  await refuseUnfinishedRestore(config.dataDir)
  const mark = await composeMark(config, log, closing)
  if (config.tracing !== null) {
    const tracing = await startTracing({ ...config.tracing, instanceName: config.instanceName, version: VERSION, log })
    closing.defer(() => tracing.close())
  }
  // Loads or is built while PostgreSQL starts; nothing waits for it.
  const portal = config.role === 'worker' ? undefined : composePortal(isPortalStale, log, closing)
  // Loads while PostgreSQL starts, so that the first client after a restart does not wait for it.
  const land = composeLand(config)
  const database = await composeDatabase(config, log, closing)
  const { metrics, threads } = composeMetrics(config, database, log)
  const presence = startPresence(config, { db: database.db, clock: systemClock, log, threads }, closing)
  const storage = await composeStorage(config, database.db, closing)
  const secretKey = await composeSecretKey(config, { db: database.db, storage, log })
  const activity = createClientActivity(systemClock)
  const charts = await composeCharts(config, { db: database.db, storage, secretKey, activity }, threads)
  const { uploads, cells } = charts
  // Before the jobs, so that a worker can draw; no tile is drawn, and no cell reported, before the jobs exist.
  const onBrokenCell = (key: string, error: unknown) => void work.recompile.report(key, error)
  const { cache, tiles } = await composeTiles(config, database, { storage, log, threads, land, onBrokenCell }, closing)
  const work: JobServices = composeJobs(config, database, { log, metrics, charts, cache, tiles, mark, secretKey }, closing)
  await startJobs(config, work)
  const { jobs } = work
  const { db } = database
  const reports = composeReports(config, db, closing)
  const exports = composeExports(config, db, storage, tiles)
  if (config.role !== 'worker') {
    startUploadSweeper(db, storage, log, closing)
    startReportExpiry(config, { db, jobs, log }, closing)
    startExportExpiry(exports, log, closing)
  }
  const webhooks = composeWebhooks(config, { db, log, metrics, secretKey }, closing)
  const tileBytes = () => cache.size().bytes
  const instance = createInstance(config, { db, storage, clock: systemClock, jobs, threads, tileBytes, presence, recentLog })
  const parts = {
    log,
    metrics,
    secretKey,
    jobs,
    uploads,
    cells,
    tiles,
    ...reports,
    webhooks,
    exports,
    instance,
    portal,
    activity,
  }
  return await composeApi(config, database, parts, closing)
}

/** Folders of the data directory that a server with these settings writes to. */
function foldersOf({ s3 }: Config): string[] {
  return [s3 === null ? 'blobs' : 'cache', 'tiles', 'exports', 'backups']
}

/** Registered early, so that the process counts as alive until its jobs have stopped. */
function startPresence(config: Config, parts: PresenceParts, closing: AsyncDisposableStack): Presence {
  const presence = createPresence(config, parts)
  presence.start()
  closing.defer(() => presence.stop())
  return presence
}
