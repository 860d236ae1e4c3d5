import path from 'node:path'
import { sql } from 'kysely'
import { createAccounts } from '#accounts/accounts.ts'
import { loadSecretKey } from '#accounts/secret-key.ts'
import type { Config } from '#config/config.ts'
import { prepareDataDir } from '#config/prepare-data-dir.ts'
import { checkServer } from '#db/check-server.ts'
import { isConnectionError } from '#db/connection-error.ts'
import { openDatabase } from '#db/database.ts'
import { startEmbeddedPostgres } from '#db/embedded/start-embedded-postgres.ts'
import { migrate } from '#db/migrate.ts'
import { createServer } from '#http/server.ts'
import { createJobs } from '#jobs/jobs.ts'
import { systemClock } from '#lib/clock.ts'
import type { Log } from '#lib/log.ts'
import { createFolderStore } from '#storage/folder-store.ts'
import { clearTiles } from '#tasks/clear-tiles.ts'
import { JOB_TYPE_NAMES } from '#tasks/job-type-names.ts'
import { refreshPublicCharts } from '#tasks/refresh-public-charts.ts'
import { vacuumAnalyze } from '#tasks/vacuum-analyze.ts'

export const VERSION = '0.1.0'

export interface Chartroom {
  /** Where the server answers, for people: no final slash. */
  url: string
  /** Stops in the order that loses nothing: HTTP, jobs, pools, PostgreSQL. */
  close(): Promise<void>
}

/**
 * Builds every service once, in order, and starts them. When one cannot start, those before it are closed again and the error
 * is thrown: nothing half-started stays behind.
 */
export async function startChartroom(config: Config, log: Log): Promise<Chartroom> {
  const closers: (() => Promise<void>)[] = []
  const close = async () => {
    for (let closer = closers.pop(); closer; closer = closers.pop()) await closer()
  }
  try {
    await prepareDataDir(config.dataDir)
    const url = await startPostgres(config, log, closers)

    const database = openDatabase({ url, onError: (error) => log.debug({ err: error }, 'an idle database connection broke') })
    closers.push(() => database.close())
    const { db } = database
    for (const name of await migrate(db)) log.info(`database: applied ${name}`)

    const clock = systemClock
    const accounts = createAccounts({ db, clock, log, secretKey: await loadSecretKey(config.dataDir) })
    await accounts.provision({
      adminUsername: config.initialAdmin.username,
      adminPassword: config.initialAdmin.password,
      defaultToken: config.provisioningDefaultToken,
    })

    const storage = createFolderStore(path.join(config.dataDir, 'blobs'))
    const workers = config.jobs.maxWorkerCount
    const jobs = createJobs({
      db,
      url,
      log,
      clock,
      names: JOB_TYPE_NAMES,
      types: [
        refreshPublicCharts({
          db,
          storage,
          clock,
          catalogueUrl: config.publicCharts.url,
          filter: config.publicCharts.filter,
          workers,
          version: VERSION,
        }),
        clearTiles({ storage }),
        vacuumAnalyze({ db }),
      ],
      concurrency: { import: workers, maintenance: 1, light: 4 },
      soleWorker: config.databaseUrl === null,
    })
    closers.push(() => jobs.close())
    await jobs.start()
    if (config.jobs.autoChartUpdate) await jobs.scheduleWeekly('refresh-public-charts')
    else await jobs.unscheduleWeekly('refresh-public-charts')

    const server = createServer({
      accounts,
      jobs,
      log,
      version: VERSION,
      isUnavailable: isConnectionError,
      health: [{ name: 'database', check: async () => void (await sql`select 1`.execute(db)) }],
    })
    closers.push(() => server.close())
    await server.listen({ host: config.host, port: config.port }).catch((error: unknown) => {
      throw explainListenError(error, config)
    })
    const shown = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host
    return { url: `http://${shown}:${config.port}`, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Starts the embedded PostgreSQL, or checks the external one; returns its address. */
async function startPostgres(config: Config, log: Log, closers: (() => Promise<void>)[]): Promise<string> {
  if (config.databaseUrl !== null) {
    await checkServer(config.databaseUrl, { waitMilliseconds: config.databaseWaitSeconds * 1_000, clock: systemClock, log })
    return config.databaseUrl
  }
  const { settings, user } = config.postgres
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, settings, runAs: user, log })
  closers.push(() => postgres.stop())
  return postgres.url
}

function explainListenError(error: unknown, { host, port }: Config): unknown {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  if (code === 'EADDRINUSE') return new Error(`port ${port} is already in use on ${host}: stop what listens there, or set PORT`)
  if (code === 'EACCES') return new Error(`port ${port} may not be opened by this user: set PORT to one above 1023`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return new Error(`HOST ${host} is not an address of this machine`)
  return error
}
