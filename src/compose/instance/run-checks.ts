import { access, statfs } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { InstanceCheck } from '#http/base/instance-service.ts'
import type { Clock } from '#lib/clock.ts'
import { messageOf } from '#lib/errors.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { checkStorage } from './check-storage.ts'

/** What a check says; only a check that has not run yet is unknown. */
export type Outcome = Pick<InstanceCheck, 'message' | 'action'> & { state: Exclude<InstanceCheck['state'], 'unknown'> }

const SOURCE_TIMEOUT = 5_000
const STORAGE_TIMEOUT = 5_000
const GIGABYTE = 1e9
/** Clocks that differ by more than this are a fault: the machines of a cluster then disagree on the age of jobs. */
const CLOCK_DIFFERENCE = 5_000

export interface CheckParts {
  db: Db
  /** A folder or a bucket. */
  storage: BlobStore
  clock: Clock
  dataDir: string
  /** The catalogue of the public charts. */
  source: URL
}

/** Checks what the server needs. Each check ends by itself within seconds; none throws. */
export async function runChecks(parts: CheckParts): Promise<Omit<InstanceCheck, 'checkedAt'>[]> {
  const checks = [
    { name: 'database', run: checkDatabase, action: 'Start PostgreSQL, or correct DATABASE_URL.' },
    { name: 'disk', run: checkDisk, action: 'Make sure that the data directory exists and can be read.' },
    {
      name: 'storage',
      run: checkBlobs,
      action:
        'Check that the data directory is writable or, with S3_BUCKET, that the S3_* settings are right and the service runs.',
    },
    { name: 'clock', run: checkClock, action: 'Start PostgreSQL, or correct DATABASE_URL.' },
    {
      name: 'source',
      run: checkSource,
      action: 'Check the network, the proxy and PUBLIC_CHARTS_URL. Charts that are here stay usable.',
    },
  ]
  return await Promise.all(
    checks.map(async ({ name, run, action }) => {
      const outcome = await run(parts).catch((error: unknown): Outcome => {
        return { state: 'failed', message: `The check failed: ${messageOf(error).replace(/\.$/, '')}.`, action }
      })
      return { name, ...outcome }
    }),
  )
}

async function checkDatabase({ db }: CheckParts): Promise<Outcome> {
  await sql`select 1`.execute(db)
  return { state: 'ok', message: 'The database answers.', action: null }
}

export async function checkDisk({ dataDir }: Pick<CheckParts, 'dataDir'>): Promise<Outcome> {
  const { bavail, bsize, blocks } = await statfs(dataDir)
  const free = bavail * bsize
  const message = `${(free / GIGABYTE).toFixed(1)} GB of ${((blocks * bsize) / GIGABYTE).toFixed(1)} GB are free on the disk of the data directory.`
  if (free >= 5 * GIGABYTE) return { state: 'ok', message, action: null }
  const action = 'Make room on the disk, or move the data directory to a larger one.'
  return { state: free >= GIGABYTE ? 'warning' : 'failed', message, action }
}

async function checkBlobs({ storage }: CheckParts): Promise<Outcome> {
  await checkStorage(storage, STORAGE_TIMEOUT)
  return { state: 'ok', message: 'The storage of charts and compiled cells answers and can be written.', action: null }
}

export async function checkClock({ db, clock }: Pick<CheckParts, 'db' | 'clock'>): Promise<Outcome> {
  const before = clock.now()
  const result = await sql<{ now: number }>`select (extract(epoch from clock_timestamp()) * 1000)::bigint as now`.execute(db)
  const after = clock.now()
  const theirs = result.rows[0]?.now ?? before
  const difference = Math.max(before - theirs, theirs - after, 0)
  if (difference <= CLOCK_DIFFERENCE) {
    return { state: 'ok', message: 'The clocks of this server and of the database agree.', action: null }
  }
  return {
    state: 'warning',
    message: `The clocks of this server and of the database differ by ${Math.round(difference / 1_000)} seconds.`,
    action: 'Synchronise the clocks of both machines with NTP.',
  }
}

export async function checkSource({ source }: Pick<CheckParts, 'source'>): Promise<Outcome> {
  if (source.protocol === 'file:') {
    await access(fileURLToPath(source))
    return { state: 'ok', message: 'The catalogue of the public charts can be read.', action: null }
  }
  // `fetch` refuses an address with a password, and its error would show it.
  const address = new URL(source)
  const { username, password } = address
  address.username = ''
  address.password = ''
  const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')
  const headers: Record<string, string> = username === '' ? {} : { authorization: `Basic ${login}` }
  const response = await fetch(address, { method: 'HEAD', headers, signal: AbortSignal.timeout(SOURCE_TIMEOUT) })
  await response.body?.cancel()
  if (response.ok) return { state: 'ok', message: `${source.host} answers.`, action: null }
  return {
    state: 'failed',
    message: `${source.host} answers with status ${response.status}.`,
    action: 'Check PUBLIC_CHARTS_URL; if it is right, wait until the source works again.',
  }
}
