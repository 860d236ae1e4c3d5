import path from 'node:path'
import { configuredSources } from '#charts/sources/configured-sources.ts'
import type { Config } from '#config/config.ts'
import type { Database } from '#db/database.ts'
import { createJobs, type Jobs } from '#jobs/jobs.ts'
import { systemClock } from '#lib/clock.ts'
import type { Log } from '#lib/log.ts'
import type { Metrics } from '#lib/metrics.ts'
import type { ProcessMark } from '#lib/process-mark.ts'
import { VERSION } from '#lib/version.ts'
import { createStyles } from '#styles/styles.ts'
import { createRecompileRequests, type RecompileRequests } from '#tasks/ask-for-recompile.ts'
import { backup } from '#tasks/backup.ts'
import { clearTiles } from '#tasks/clear-tiles.ts'
import { deleteUpload } from '#tasks/delete-upload.ts'
import { deleteAccount } from '#tasks/deletion/delete-account.ts'
import { deleteUser } from '#tasks/deletion/delete-user.ts'
import { expireUserReports } from '#tasks/expire-user-reports.ts'
import { exportCharts } from '#tasks/export-charts.ts'
import { indexCustomEncs } from '#tasks/index-custom-encs.ts'
import { indexPublicEncs } from '#tasks/index-public-encs.ts'
import { JOB_TYPE_NAMES } from '#tasks/job-type-names.ts'
import { recompileCells } from '#tasks/recompile-cells.ts'
import { refreshPublicCharts } from '#tasks/refresh-public-charts.ts'
import { userUpload } from '#tasks/user-upload.ts'
import { vacuumAnalyze } from '#tasks/vacuum-analyze.ts'
import type { TileCache } from '#tiles/cache/tile-cache.ts'
import type { Tiles } from '#tiles/create-tiles.ts'
import { JOB_FOLDERS, lockedWith } from './backup.ts'
import type { ChartServices } from './charts.ts'

export interface JobServices {
  jobs: Jobs
  recompile: RecompileRequests
  mark: ProcessMark | null
}

export interface JobParts {
  log: Log
  metrics: Metrics
  charts: ChartServices
  cache: TileCache
  tiles: Tiles
  mark: ProcessMark | null
  secretKey: Buffer
}

/** The job engine with every job type; `startJobs` starts it. */
export function composeJobs(
  config: Config,
  { db, url }: Database,
  { log, metrics, charts, cache, tiles, mark, secretKey }: JobParts,
  closing: AsyncDisposableStack,
): JobServices {
  const clock = systemClock
  const { storage, reader, s63, signatureRules } = charts
  const workers = config.jobs.maxWorkerCount
  const indexing = { db, storage, clock, workers, reader }
  const { url: catalogueUrl, isDefault, otherUrls, filter, allowDowngrade } = config.publicCharts
  const otherSources = configuredSources({ otherUrls, isDefault })
  const jobs: Jobs = createJobs({
    db,
    url,
    log,
    clock,
    metrics,
    names: JOB_TYPE_NAMES,
    types: [
      // With an external database other workers may be running; which ones does not matter here.
      refreshPublicCharts({
        ...indexing,
        shared: config.databaseUrl !== null,
        ...{ catalogueUrl, otherSources, filter, allowDowngrade },
        version: VERSION,
      }),
      indexPublicEncs({ ...indexing, catalogueUrl, version: VERSION, worker: config.instanceName }),
      userUpload({ db, storage, reader, s63, signatureRules }),
      indexCustomEncs({ db, storage, reader, s63, signatureRules, workers }),
      deleteUpload({
        ...{ db, storage, reader, clock, s63, signatureRules },
        cancel: (jobId, reason) => jobs.cancel(jobId, reason),
      }),
      deleteUser({ db, storage, cache }),
      deleteAccount({ db, storage, cache, clock, cancel: (jobId, reason) => jobs.cancel(jobId, reason) }),
      clearTiles({ cache }),
      recompileCells({ ...indexing, s63, signatureRules }),
      vacuumAnalyze({ db }),
      exportCharts({
        ...{ db, clock, storage, tiles, cells: charts.cells, styles: createStyles({ db, clock }), version: VERSION },
        folder: path.join(config.dataDir, 'exports'),
        retention: config.exports.retention,
      }),
      backup({
        ...{ db, url, storage, clock, version: VERSION, instance: config.instanceName, jobFolders: JOB_FOLDERS },
        folder: path.join(config.dataDir, 'backups'),
        keep: config.backups.keep,
        key: lockedWith(config.backups.passphrase, secretKey),
      }),
      expireUserReports({ clock, ...config.userReports }),
    ],
    concurrency: config.role === 'api' ? null : { import: workers, maintenance: 1, light: 4, export: 1 },
    soleWorker: config.databaseUrl === null,
    ...(mark === null ? {} : { process: { id: mark.id, lostToMemory: lostToMemory(mark) } }),
  })
  closing.defer(() => jobs.close())
  return { jobs, recompile: createRecompileRequests({ db, jobs, log }), mark }
}

function lostToMemory(mark: ProcessMark): string[] {
  return mark.lost.filter(({ isOutOfMemory }) => isOutOfMemory).map(({ id }) => id)
}

/** Starts the engine and queues what a start of the server asks for. */
export async function startJobs(config: Config, { jobs, recompile, mark }: JobServices): Promise<void> {
  await jobs.start()
  for (const lost of mark?.lost ?? []) await lost.forget()
  // A worker that was started without the variable would end what the API server has scheduled.
  if (config.role === 'worker') return
  await recompile.atStart()
  if (config.jobs.autoChartUpdate) await jobs.scheduleWeekly('refresh-public-charts')
  else await jobs.unscheduleWeekly('refresh-public-charts')
}
