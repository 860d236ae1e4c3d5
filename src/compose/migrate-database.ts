import type { Config } from '#config/config.ts'
import { prepareDataDir } from '#config/prepare-data-dir.ts'
import { checkServer } from '#db/check-server.ts'
import { openDatabase } from '#db/database.ts'
import { migrate } from '#db/migrate.ts'
import { systemClock } from '#lib/clock.ts'
import type { Log } from '#lib/log.ts'
import { startOwnPostgres } from './database.ts'

/**
 * Brings the schema up to date without serving. With the embedded PostgreSQL, which belongs to one process, the server must be stopped.
 *
 * @returns the names of the migrations that were applied.
 * @throws Error as a start of the server would.
 */
export async function migrateDatabase(config: Config, log: Log, closing: AsyncDisposableStack): Promise<string[]> {
  let url = config.databaseUrl
  if (url === null) {
    await prepareDataDir(config.dataDir)
    const postgres = await startOwnPostgres(config, config.dataDir, log)
    closing.defer(() => postgres.stop())
    url = postgres.url
  } else {
    await checkServer(url, { waitMilliseconds: config.databaseWaitSeconds * 1_000, clock: systemClock, log })
  }
  const database = openDatabase({ url })
  closing.defer(() => database.close())
  return await migrate(database.db)
}
