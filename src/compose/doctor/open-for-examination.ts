import type { Config } from '#config/config.ts'
import { checkServer } from '#db/check-server.ts'
import { type Database, openDatabase } from '#db/database.ts'
import { findRunningPostgres } from '#db/embedded/find-running-postgres.ts'
import { systemClock } from '#lib/clock.ts'
import { messageOf } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import { startOwnPostgres } from '../database.ts'
import { type Finding, failed, ok, sentence, skipped } from './finding.ts'

/** The database as far as the doctor could open it. */
export interface Examined {
  finding: Omit<Finding, 'name'>
  database: Database | null
  /** Whether there is no database yet. */
  isNew: boolean
}

/**
 * Opens the database without migrating it. An embedded PostgreSQL that is stopped is started for the duration of the examination.
 * @param mayStart false leaves a stopped one alone.
 */
export async function openForExamination(
  config: Config,
  { log, mayStart, closing }: { log: Log; mayStart: boolean; closing: AsyncDisposableStack },
): Promise<Examined> {
  try {
    if (config.databaseUrl !== null) {
      const { version } = await checkServer(config.databaseUrl, { waitMilliseconds: 0, clock: systemClock, log })
      return {
        finding: ok(`PostgreSQL ${version} of DATABASE_URL answers.`),
        database: open(config.databaseUrl, closing),
        isNew: false,
      }
    }
    const found = await findRunningPostgres(config.dataDir)
    if (found.state === 'none')
      return { finding: ok('There is no database yet; the first start creates it.'), database: null, isNew: true }
    if (found.state === 'running') {
      return {
        finding: ok(`The embedded PostgreSQL ${found.version} is running.`),
        database: open(found.url, closing),
        isNew: false,
      }
    }
    if (!mayStart) return { finding: skipped('The embedded PostgreSQL is stopped.'), database: null, isNew: false }
    const postgres = await startOwnPostgres(config, config.dataDir, log)
    closing.defer(() => postgres.stop())
    return {
      finding: ok('The embedded PostgreSQL was stopped; it starts without faults.'),
      database: open(postgres.url, closing),
      isNew: false,
    }
  } catch (error) {
    // Its message says everything; the causes would repeat it.
    const action =
      config.databaseUrl === null
        ? 'Read the last lines of DATA_DIR/postgres/log. If the data is damaged, restore a backup.'
        : 'Start PostgreSQL, or correct DATABASE_URL. Without it, Chartroom uses its embedded PostgreSQL.'
    return {
      finding: failed(sentence(error instanceof Error ? error.message : messageOf(error)), action),
      database: null,
      isNew: false,
    }
  }
}

function open(url: string, closing: AsyncDisposableStack): Database {
  const database = openDatabase({ url, maxConnections: 2, applicationName: 'chartroom doctor' })
  closing.defer(() => database.close())
  return database
}
