import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, open, rm } from 'node:fs/promises'
import path from 'node:path'
import { BackupFileError } from '#backup/backup-format.ts'
import { type BackupSummary, createBackup } from '#backup/create-backup.ts'
import { type RestoreSummary, restoreBackup } from '#backup/restore-backup.ts'
import { forgetUnfinishedRestore, markUnfinishedRestore } from '#backup/unfinished-restore.ts'
import { PLAN_PREFIX, sourcePrefix } from '#charts/refresh/public-keys.ts'
import { CHART_SOURCES } from '#charts/sources/chart-sources.ts'
import type { Config } from '#config/config.ts'
import { checkServer } from '#db/check-server.ts'
import { NotEmptyError } from '#db/copy/import-tables.ts'
import { openDatabase } from '#db/database.ts'
import { findRunningPostgres } from '#db/embedded/find-running-postgres.ts'
import { pendingMigrations } from '#db/migrate.ts'
import { systemClock } from '#lib/clock.ts'
import { codeOf } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import { VERSION } from '#lib/version.ts'
import { startOwnPostgres } from './database.ts'
import { findSecretKey, SHARED_KEY } from './secret-key.ts'
import { openStorage } from './storage.ts'

export interface BackupCommand {
  config: Config
  log: Log
  file: string
  signal: AbortSignal
  onProgress(fraction: number): void
}

/** Where jobs find blobs that no row names: the plan of a refresh, and the zips and marks of the cells that it has not indexed yet. */
export const JOB_FOLDERS: readonly string[] = [PLAN_PREFIX, ...CHART_SOURCES.map(({ id }) => sourcePrefix(id))]

/** The key as a backup keeps it; null without a passphrase. */
export function lockedWith(passphrase: string | null, secret: Buffer | null): { secret: Buffer; passphrase: string } | null {
  return passphrase === null || secret === null ? null : { secret, passphrase }
}

/** Backs up a data directory, whether a server is running on it or not. */
export async function backUp({ config, log, ...options }: BackupCommand): Promise<BackupSummary> {
  if (config.databaseUrl === null && !existsSync(path.join(config.dataDir, 'postgres')))
    throw new Error(`${config.dataDir} has no database: set DATA_DIR, or DATABASE_URL, as for the server`)
  await using closing = new AsyncDisposableStack()
  const url = await reachDatabase(config, log, closing)
  const database = openDatabase({ url, applicationName: 'chartroom backup', maxConnections: 4 })
  closing.defer(() => database.close())
  const { db } = database
  const pending = await pendingMigrations(db)
  if (pending.length > 0)
    throw new Error(
      `the database lacks ${pending.join(', ')}: it is that of an older Chartroom. Make the backup with that version, or start this one first`,
    )
  const storage = await openStorage(config, closing)
  const key = lockedWith(config.backups.passphrase, await findSecretKey(config, storage))
  return await createBackup({ ...options, db, url, storage, key, version: VERSION, jobFolders: JOB_FOLDERS })
}

/** Restores a backup into an empty data directory, database and bucket. */
export async function restore({ config, log, ...options }: BackupCommand): Promise<RestoreSummary> {
  const { dataDir, databaseUrl, backups, s3 } = config
  await using closing = new AsyncDisposableStack()
  const url = databaseUrl ?? (await startOwn(config, log, closing))
  if (databaseUrl !== null)
    await checkServer(url, { waitMilliseconds: config.databaseWaitSeconds * 1_000, clock: systemClock, log })
  const storage = await openStorage(config, closing)
  const unmark = await markUnfinishedRestore(dataDir, options.file)
  const summary = await restoreBackup({
    ...options,
    ...{ url, storage, passphrase: backups.passphrase },
    async keepKey(key) {
      if (config.secretKey !== null) return
      if (s3 === null) await writeKey(path.join(dataDir, 'secret.key'), key)
      else await storage.put(SHARED_KEY, Buffer.from(`${key.toString('hex')}\n`))
    },
  }).catch(async (error: unknown) => {
    // Nothing was begun when the file or the database was refused.
    if (error instanceof BackupFileError || error instanceof NotEmptyError) await unmark()
    throw error
  })
  await forgetUnfinishedRestore(dataDir)
  return summary
}

async function reachDatabase(config: Config, log: Log, closing: AsyncDisposableStack): Promise<string> {
  if (config.databaseUrl === null) {
    const found = await findRunningPostgres(config.dataDir)
    return found.state === 'running' ? found.url : await startOwn(config, log, closing)
  }
  await checkServer(config.databaseUrl, { waitMilliseconds: config.databaseWaitSeconds * 1_000, clock: systemClock, log })
  return config.databaseUrl
}

async function startOwn(config: Config, log: Log, closing: AsyncDisposableStack): Promise<string> {
  const postgres = await startOwnPostgres(config, config.dataDir, log)
  closing.defer(() => postgres.stop())
  return postgres.url
}

/** Writes the key whole, and only where there is none: an interrupted restore has written the same. */
async function writeKey(file: string, key: Buffer): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}`
  const handle = await open(temporary, 'wx', 0o600)
  try {
    await handle.writeFile(key)
    await handle.sync()
  } finally {
    await handle.close()
  }
  try {
    await link(temporary, file)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    await rm(temporary, { force: true })
  }
}
