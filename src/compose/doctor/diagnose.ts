import type { Config } from '#config/config.ts'
import type { Db } from '#db/database.ts'
import { readSchemaState } from '#db/migrate.ts'
import { type Clock, systemClock } from '#lib/clock.ts'
import { descriptorLimit } from '#lib/descriptor-limit.ts'
import type { Log } from '#lib/log.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { checkStorage } from '../instance/check-storage.ts'
import { checkClock, checkDisk, checkSource } from '../instance/run-checks.ts'
import { findSecretKey } from '../secret-key.ts'
import { openStorage } from '../storage.ts'
import { checkCompiledCells } from './check-charts.ts'
import { checkDataDirectory, checkSecretKey, nearestFolder } from './check-data-directory.ts'
import { checkPort } from './check-port.ts'
import { checkS63 } from './check-s63.ts'
import { checkS100 } from './check-s100.ts'
import { examine, type Finding, failed, ok, skipped, warning } from './finding.ts'
import { openForExamination } from './open-for-examination.ts'

export interface DiagnoseOptions {
  log: Log
  /** Whether a stopped embedded PostgreSQL may be started for the examination; default true. */
  mayStart?: boolean
  clock?: Clock
}

/** A correct clock never shows an earlier time; one without a battery starts in 1970 or at the build time of its system. */
const EARLIEST = Date.UTC(2026, 0, 1)
/** How long the storage may take to answer, in milliseconds. */
const STORAGE_PATIENCE = 30_000
/** A limit of open files below this deserves a warning. */
const FEW_DESCRIPTORS = 1_024

/**
 * Examines what the server needs, while it is stopped or running. It changes nothing but a test file in the storage, and, when the embedded
 * PostgreSQL is stopped, starts and stops it.
 */
export async function diagnose(
  config: Config,
  { log, mayStart = true, clock = systemClock }: DiagnoseOptions,
): Promise<Finding[]> {
  await using closing = new AsyncDisposableStack()
  const { dataDir, publicCharts } = config
  const folder = await examine('data directory', owned('DATA_DIR'), () => checkDataDirectory(dataDir))
  const isUsable = folder.state !== 'failed'
  const { finding, database, isNew } = isUsable
    ? await openForExamination(config, { log, mayStart, closing })
    : { finding: skipped('The data directory comes first.'), database: null, isNew: false }
  const db = database?.db ?? null
  const schema = await examine('schema', 'Restore a backup, or create the database again.', () => checkSchema(db, isNew))
  const hasSchema = db !== null && schema.state === 'ok'
  const checkUsable = async (check: () => Promise<Omit<Finding, 'name'>>) =>
    isUsable ? await check() : skipped('The data directory comes first.')
  const { storage, ...stored } = isUsable
    ? await examineStorage(config, isNew, closing)
    : { name: 'storage', ...skipped('The data directory comes first.'), storage: null }
  return [
    folder,
    await examine('secret key', owned('secret.key'), () => checkUsable(() => checkKey(config, isNew, storage))),
    { name: 'database', ...finding },
    schema,
    await examine('disk', 'Make sure that the disk of DATA_DIR can be read.', async () =>
      checkDisk({ dataDir: await nearestFolder(dataDir) }),
    ),
    await examine('clock', 'Synchronise the clock with NTP.', () => checkTime(db, clock)),
    await checkReachable(publicCharts.url),
    stored,
    await examine('compiled cells', 'Check that DATA_DIR/blobs can be read.', async () =>
      hasSchema && storage !== null ? await checkCompiledCells(db, storage) : notYet(isNew),
    ),
    await examine('S-63 identity', 'Correct S63_AUTHORITY_FILE and the three values of the identity.', () =>
      checkS63(config, hasSchema ? db : null),
    ),
    await examine('S-100 signatures', 'Correct S100_AUTHORITY_FILE: an X.509 certificate, in DER or PEM.', () =>
      checkS100(config),
    ),
    await examine('port', 'Check HOST and PORT.', () => checkPort(config)),
    await examine('open files', 'Raise the limit.', checkDescriptors),
  ]
}

/** The folder or the bucket of the charts, when it can be used. */
async function examineStorage(
  config: Config,
  isNew: boolean,
  closing: AsyncDisposableStack,
): Promise<Finding & { storage: BlobStore | null }> {
  let storage: BlobStore | null = null
  const isFolder = config.s3 === null
  const action = isFolder ? owned('DATA_DIR/blobs') : 'Correct the S3_* settings, or start the service of the bucket.'
  const finding = await examine('storage', action, async () => {
    if (isNew && isFolder) return ok('The first start creates it.')
    const opened = await openStorage(config, closing)
    await checkStorage(opened, STORAGE_PATIENCE)
    storage = opened
    return ok(`The ${isFolder ? 'storage' : 'bucket'} of charts can be written, read and deleted from.`)
  })
  return { ...finding, storage }
}

/** The key that encrypts tokens and permits: that of SECRET_KEY, of the bucket, or of the data directory. */
async function checkKey(config: Config, isNew: boolean, storage: BlobStore | null): Promise<Omit<Finding, 'name'>> {
  const { dataDir, secretKey, s3 } = config
  if (secretKey !== null) return ok('SECRET_KEY is set.')
  if (s3 === null) return await checkSecretKey(dataDir, isNew)
  if (storage === null) return skipped('The storage comes first.')
  if ((await findSecretKey(config, storage)) !== null) return ok('The machines share the secret key of the bucket.')
  return ok('The first server that starts stores its secret key in the bucket.')
}

/** A source on the network may be out of reach at sea: the server runs without it, so this is a warning. */
async function checkReachable(source: URL): Promise<Finding> {
  const action = 'Check the network, the proxy and PUBLIC_CHARTS_URL. Charts that are here stay usable.'
  const finding = await examine('source', action, () => checkSource({ source }))
  return finding.state === 'failed' && source.protocol !== 'file:' ? { ...finding, state: 'warning' } : finding
}

function owned(what: string): string {
  return `Give the account that runs Chartroom ${what}: chown it, or choose another DATA_DIR.`
}

function notYet(isNew: boolean): Omit<Finding, 'name'> {
  return isNew ? ok('There are no charts yet.') : skipped('The database and the storage come first.')
}

async function checkSchema(db: Db | null, isNew: boolean): Promise<Omit<Finding, 'name'>> {
  if (db === null) return isNew ? ok('The first start creates it.') : skipped('The database comes first.')
  const { pending, unknown } = await readSchemaState(db)
  if (unknown.length > 0) {
    return failed(
      `The database was made by a newer Chartroom (${unknown.join(', ')}).`,
      'Start that version, or restore a backup from before the upgrade.',
    )
  }
  if (pending.length === 0) return ok('The schema is that of this version.')
  const list = pending.length === 1 ? `${pending[0]} is` : `${pending.length} migrations from ${pending[0]} on are`
  return warning(`${list} not applied yet.`, 'Make a backup, then start the server or run: chartroom migrate')
}

async function checkTime(db: Db | null, clock: Clock): Promise<Omit<Finding, 'name'>> {
  const now = clock.now()
  if (now < EARLIEST) {
    return failed(
      `The clock shows ${new Date(now).toISOString().slice(0, 10)}, before this version was made.`,
      'Set the clock, with NTP or by GPS: permits, sessions and certificates depend on it.',
    )
  }
  return db === null ? ok('The clock shows a possible time.') : await checkClock({ db, clock })
}

async function checkDescriptors(): Promise<Omit<Finding, 'name'>> {
  const limit = descriptorLimit()
  if (limit === null || limit >= FEW_DESCRIPTORS) return ok('Enough files may be open at once.')
  return warning(`This process may open only ${limit} files.`, 'Raise the limit: ulimit -n, or LimitNOFILE= of the service.')
}
