import { rm } from 'node:fs/promises'
import path from 'node:path'
import { systemClock } from '#lib/clock.ts'
import { codeOf } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import { makePrivate, type Place } from './choose-place.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { SUPERUSER } from './init-cluster.ts'
import { type Login, login, socketUrl } from './login.ts'
import { disownPostmasterFile, mayBePostmaster, readPostmasterFile } from './postmaster-file.ts'
import type { Programs } from './prepare-programs.ts'
import type { Account } from './run-program.ts'
import { isSocketFileGone } from './socket-file.ts'
import { lastWords, logLengths } from './start-log.ts'

export interface PostmasterOptions {
  place: Place
  password: string
  programs: Programs
  /** The account PostgreSQL runs under; null: the one of this process. */
  account: Account | null
  log: Log
}

export interface Running extends Login {
  /** True when the server was already running, left behind by an earlier Chartroom. */
  adopted: boolean
  /** Where its socket is. */
  socket: string
}

export type Postmaster = ReturnType<typeof createPostmaster>

/** How long the remains of a killed server may delay a start, in milliseconds. */
const PATIENCE = 60_000
/** How long crash recovery may take: longer than any we expect, but not forever. */
const RECOVERY_SECONDS = 900
/** How long a server whose socket has no file may take to create it or to end, in milliseconds. */
const WITHOUT_SOCKET = 3_000
const PAUSE = 100

/** Starts, adopts and stops the server of one cluster. The caller holds the owner lock. */
export function createPostmaster({ place, password, programs, account, log }: PostmasterOptions) {
  const loginAt = (socket: string) => login(socketUrl(socket, SUPERUSER, password, 'postgres'), place.data)

  /** A login to the server, which is started first unless it runs. */
  async function bringUp(): Promise<Running> {
    const started = systemClock.monotonic()
    let hasReported = false
    for (;;) {
      const found = await readPostmasterFile(place.data)
      if (found !== null) {
        const socket = found.socket || place.socket
        const answer = await loginAt(socket)
        if (typeof answer !== 'string') {
          if (answer.version === programs.version) return { ...answer, adopted: true, socket }
          // An update of Chartroom brought a newer PostgreSQL of the same major version: the old server is stopped.
          log.info(`the PostgreSQL ${answer.version} that runs is replaced by ${programs.version}`)
          await answer.client.end()
          await stop()
          continue
        }
        const alive = await mayBePostmaster(found.pid, place.data)
        if (alive || answer === 'starting') {
          const waited = systemClock.monotonic() - started
          if (answer === 'absent' && waited > WITHOUT_SOCKET && (await isSocketFileGone(socket))) {
            // PostgreSQL creates the file only when it starts.
            log.warn(`the socket of the PostgreSQL that runs has disappeared from ${socket}: restarting it`)
            await stop()
            continue
          }
          if (waited > (answer === 'starting' ? RECOVERY_SECONDS * 1000 : PATIENCE)) {
            throw new EmbeddedPostgresError(
              `the PostgreSQL of ${place.data} (process ${found.pid}) has not answered for ${Math.round(waited / 1000)} s: see ${place.logs}; stop that process with SIGINT and start again`,
            )
          }
          if (!hasReported) log.info('waiting for the PostgreSQL that runs on the data directory already')
          hasReported = true
          await systemClock.sleep(PAUSE)
          continue
        }
        await disownPostmasterFile(place.data).catch((error: unknown) => {
          if (codeOf(error) !== 'ENOENT') throw error
        })
      }
      const trouble = await start()
      if (trouble === null) {
        const answer = await loginAt(place.socket)
        if (typeof answer !== 'string') return { ...answer, adopted: false, socket: place.socket }
      } else if (!isPassing(trouble)) {
        throw new EmbeddedPostgresError(`PostgreSQL did not start on ${place.data}:\n${trouble}`)
      }
      if (systemClock.monotonic() - started > PATIENCE) {
        throw new EmbeddedPostgresError(
          `PostgreSQL did not start on ${place.data} within ${PATIENCE / 1000} s:\n${trouble ?? 'it does not answer'}`,
        )
      }
      await systemClock.sleep(PAUSE)
    }
  }

  /** Null when the server is up, else its output. */
  async function start(): Promise<string | null> {
    const logFile = path.join('log', 'start.log')
    // It may have been removed with the socket in it, as programs that tidy temporary folders do.
    await makePrivate(place.socket, account)
    await rm(path.join(place.home, logFile), { force: true })
    // Relative paths: pg_ctl hands them to a shell between double quotes, where a $ in DATA_DIR would not survive.
    const args = ['start', '--wait', '--silent', '--timeout', String(RECOVERY_SECONDS), '--pgdata', 'data', '--log', logFile]
    const lengths = await logLengths(place.logs)
    const result = await programs.run('pg_ctl', args, place.home)
    if (result.code === 0) return null
    return [result.stderr, await lastWords(place.logs, lengths)].filter((text) => text !== '').join('\n')
  }

  /** Stops the server: sessions are ended, everything is written. */
  async function stop(): Promise<void> {
    if ((await readPostmasterFile(place.data)) === null) return
    const result = await programs.run(
      'pg_ctl',
      ['stop', '--mode', 'fast', '--wait', '--silent', '--timeout', '120', '--pgdata', 'data'],
      place.home,
    )
    // It may have ended by itself between the check and the call.
    if (result.code === 0 || (await readPostmasterFile(place.data)) === null) return
    throw new EmbeddedPostgresError(`PostgreSQL did not stop: ${result.stderr || result.stdout}`)
  }

  return { bringUp, stop }
}

/** The remains of a server that was just killed: they disappear by themselves within seconds. */
function isPassing(trouble: string): boolean {
  return /lock file .* already exists|pre-existing shared memory block|shared memory block .* still in use|could not bind/i.test(
    trouble,
  )
}
