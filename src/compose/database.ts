import type { Config } from '#config/config.ts'
import { checkServer, explainFewConnections } from '#db/check-server.ts'
import { type Database, openDatabase } from '#db/database.ts'
import { startEmbeddedPostgres } from '#db/embedded/start-embedded-postgres.ts'
import { migrate } from '#db/migrate.ts'
import { systemClock } from '#lib/clock.ts'
import { limitRepeats } from '#lib/limit-repeats.ts'
import type { Log } from '#lib/log.ts'

/** Starts the embedded PostgreSQL or waits for the external one, then opens the pool and applies the migrations. */
export async function composeDatabase(config: Config, log: Log, closing: AsyncDisposableStack): Promise<Database> {
  const url = await startPostgres(config, log, closing)
  const warnings = limitRepeats(log)
  const database = openDatabase({
    url,
    onError: (error) => log.debug({ err: error }, 'an idle database connection broke'),
    watch: {
      onDead: (connections) =>
        warnings.warn({ connections }, 'the database does not respond: closed connections with a statement'),
    },
  })
  closing.defer(() => database.close())
  for (const name of await migrate(database.db)) log.info(`database: applied ${name}`)
  return database
}

/** Starts the embedded PostgreSQL of a data directory alone, for processes that share it (`chartroom cluster-demo`). */
export async function startOwnPostgres(
  config: Config,
  dataDir: string,
  log: Log,
): Promise<{ url: string; stop(): Promise<void> }> {
  const { settings, user } = config.postgres
  return await startEmbeddedPostgres({ dataDir, settings, runAs: user, log })
}

/** The error of a failed start, in words where the database is its reason. */
export function explainStartFailure(error: unknown): unknown {
  return explainFewConnections(error)
}

/** @returns the address of the database. */
async function startPostgres(config: Config, log: Log, closing: AsyncDisposableStack): Promise<string> {
  if (config.databaseUrl !== null) {
    await checkServer(config.databaseUrl, { waitMilliseconds: config.databaseWaitSeconds * 1_000, clock: systemClock, log })
    return config.databaseUrl
  }
  const postgres = await startOwnPostgres(config, config.dataDir, log)
  closing.defer(() => postgres.stop())
  return postgres.url
}
