import { chmod, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { systemClock } from '#lib/clock.ts'
import { messageOf } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import { findBundle } from './bundle.ts'
import { chooseAccount } from './choose-account.ts'
import { choosePlace, readHome } from './choose-place.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { DATABASE, initCluster, SUPERUSER } from './init-cluster.ts'
import { socketUrl } from './login.ts'
import { takeOwnerLock } from './owner-lock.ts'
import { createPostmaster, type Postmaster, type Running } from './postmaster.ts'
import { preparePrograms } from './prepare-programs.ts'
import { socketFileDisappears } from './socket-file.ts'
import { writeSettings } from './write-settings.ts'

export interface EmbeddedPostgresOptions {
  /** Absolute path of an existing folder; the database goes into its subfolder `postgres`. */
  dataDir: string
  /** Names and values for postgresql.conf. */
  settings: Readonly<Record<string, string>>
  /** The account to run under when this process is root; null: chosen by itself. */
  runAs: string | null
  log: Log
}

export interface EmbeddedPostgres {
  /** Address of the database `chartroom`, through the socket, with the password in it. */
  url: string
  /** True when the server was already running: an earlier Chartroom was killed and left it behind. */
  adopted: boolean
  /** Such as `18.4`. */
  version: string
  /** Stops the server and releases the data directory. May be called again. */
  stop(): Promise<void>
}

// Session lock in the database `postgres`: the process that holds it owns the server. The numbers have no other meaning.
const OWNER_LOCK = [1128812119, 1] as const
/** How long the session of a Chartroom that was just killed may linger, in milliseconds. */
const LINGERING = 10_000

/**
 * Starts the bundled PostgreSQL on a data directory, or takes over the one that a killed Chartroom left running there.
 *
 * One process owns a data directory: a lock that dies with the process is taken before anything is touched, and a session lock
 * in the server once it runs, in case the lock file was deleted. Should the server end while it is owned (killed for want of
 * memory, for instance), it is started again.
 *
 * @throws EmbeddedPostgresError with what to do about it.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log, settings } = options
  const bundle = await findBundle()
  const folder = path.join(options.dataDir, 'postgres')
  await makeFolder(folder)
  const lock = takeOwnerLock(path.join(folder, 'owner.lock'))
  try {
    const account = await chooseAccount({ runAs: options.runAs, data: path.join(await readHome(folder), 'data'), log })
    const place = await choosePlace(folder, account, log)
    const programs = await preparePrograms({ bundle, account, linkFolder: path.join(folder, 'lib'), log })
    const password = await initCluster({ folder, place, bundle, programs, account, sync: settings['fsync'] !== 'off', log })
    const changed = await writeSettings(place, settings)
    const postmaster = createPostmaster({ place, password, programs, account, log })

    const first = await postmaster.bringUp()
    let owned = false
    try {
      await becomeOwner(first)
      owned = true
      await makeDatabase(first)
    } catch (error) {
      await first.client.end().catch(() => undefined)
      if (owned) await postmaster.stop()
      throw error
    }
    if (first.adopted) logAdoption(log, changed)

    let current: Running = first
    let stopped: Promise<void> | null = null
    let bringingBack: Promise<void> = Promise.resolve()
    const stopping = new AbortController()

    const watch = () => {
      const ended = new AbortController()
      void socketFileDisappears(current.socket, ended.signal).then(async (gone) => {
        if (gone) await endWithoutSocket(postmaster, log)
      })
      void current.ended.then(() => {
        ended.abort()
        if (!stopping.signal.aborted) bringingBack = bringBack()
      })
    }
    const bringBack = async () => {
      log.warn("PostgreSQL has ended its owner's connection: restarting it")
      for (let pause = 250; !stopping.signal.aborted; pause = Math.min(pause * 2, 30_000)) {
        try {
          current = await postmaster.bringUp()
          await becomeOwner(current)
          log.info('PostgreSQL is back')
          watch()
          return
        } catch (error) {
          await current.client.end().catch(() => undefined)
          log.error(`PostgreSQL cannot be restarted: ${messageOf(error)}`)
          await systemClock.sleep(pause, stopping.signal).catch(() => undefined)
        }
      }
    }
    const stop = async () => {
      stopping.abort()
      try {
        await bringingBack
        await current.client.end().catch(() => undefined)
        await postmaster.stop()
      } finally {
        lock.release()
      }
    }
    watch()
    return {
      url: socketUrl(first.socket, SUPERUSER, password, DATABASE),
      adopted: first.adopted,
      version: first.version,
      stop() {
        stopped ??= stop()
        return stopped
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/**
 * The socket has disappeared, so nothing can connect until PostgreSQL restarts. Stopping it ends the owner's connection, which starts it
 * again.
 */
async function endWithoutSocket(postmaster: Postmaster, log: Log): Promise<void> {
  log.warn("the file of PostgreSQL's socket has disappeared: restarting PostgreSQL")
  await postmaster.stop().catch((error: unknown) => log.error(`PostgreSQL cannot be stopped: ${messageOf(error)}`))
}

function logAdoption(log: Log, settingsChanged: boolean): void {
  const note = settingsChanged ? '; changed settings apply when it starts next' : ''
  log.info(`took over the PostgreSQL that an earlier start left running${note}`)
}

async function makeFolder(folder: string): Promise<void> {
  try {
    const made = await mkdir(folder, { recursive: true })
    // PostgreSQL's account must be able to pass through a folder of root's; a normal user's folder stays private.
    if (made !== undefined) await chmod(folder, process.getuid?.() === 0 ? 0o755 : 0o700)
  } catch (error) {
    throw new EmbeddedPostgresError(`cannot make ${folder}: ${messageOf(error)}`, { cause: error })
  }
}

async function becomeOwner({ client }: Running): Promise<void> {
  const started = systemClock.monotonic()
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1, $2) as taken', [...OWNER_LOCK])
    if (rows[0]?.taken) return
    if (systemClock.monotonic() - started > LINGERING) {
      throw new EmbeddedPostgresError(
        'another Chartroom is running on this data directory (it holds the lock in its database): stop it first, or give this one a DATA_DIR of its own',
      )
    }
    await systemClock.sleep(100)
  }
}

async function makeDatabase({ client }: Running): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
  if (rowCount === 0) await client.query(`create database ${DATABASE}`)
}
