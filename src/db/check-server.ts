import pg from 'pg'
import { type Clock, systemClock } from '#lib/clock.ts'
import { codeOf, messageOf } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import { isConnectionError } from './connection-error.ts'
import { changesSessions, receivesNotifications } from './probe-session.ts'

/** The database of DATABASE_URL is unusable. The message is for the operator and never contains the password. */
export class DatabaseUnusableError extends Error {
  override readonly name = 'DatabaseUnusableError'
}

export interface CheckServerOptions {
  /** How long to retry an unreachable server (30 s), because machines start their services in any order. */
  waitMilliseconds?: number
  clock?: Clock
  log: Log
}

export interface ServerInfo {
  /** `server_version_num`, such as 180004. */
  versionNumber: number
  /** Such as `18.4`. */
  version: string
}

interface ServerRow {
  number: number
  version: string
  /** Whether the server accepts no changes. */
  locked: boolean
  creates: boolean
  name: string
  user: string
}

const OLDEST = 130_000
const PAUSE = 500

/**
 * Checks that Chartroom can use a PostgreSQL: it is reachable, accepts the login, has version 13 or later, allows creating tables,
 * keeps one session per connection and delivers notifications.
 *
 * @throws DatabaseUnusableError that says what is wrong and what is accepted.
 */
export async function checkServer(url: string, options: CheckServerOptions): Promise<ServerInfo> {
  const { clock = systemClock, waitMilliseconds = 30_000 } = options
  const started = clock.monotonic()
  let warned = false
  for (;;) {
    try {
      return await check(url)
    } catch (error) {
      if (error instanceof DatabaseUnusableError) throw error
      const waited = clock.monotonic() - started
      if (!isConnectionError(error) && !isUnreachable(error)) {
        throw new DatabaseUnusableError(
          `the database ${redactUrl(url)} of DATABASE_URL rejects the login of Chartroom: ${hide(messageOf(error), url)}`,
          {
            cause: error,
          },
        )
      }
      if (waited + PAUSE > waitMilliseconds) {
        throw new DatabaseUnusableError(
          `the database ${redactUrl(url)} of DATABASE_URL could not be reached within ${Math.round(waitMilliseconds / 1000)} s (${hide(messageOf(error), url)}): is PostgreSQL running there, and are host, port and name correct? Without DATABASE_URL, Chartroom uses its embedded PostgreSQL`,
          { cause: error },
        )
      }
      if (!warned) options.log.warn(`waiting for the database ${redactUrl(url)}: ${hide(messageOf(error), url)}`)
      warned = true
      await clock.sleep(PAUSE)
    }
  }
}

async function check(url: string): Promise<ServerInfo> {
  const client = await connect(url)
  try {
    const { rows } = await client.query<ServerRow>(
      `select current_setting('server_version_num')::int as number, current_setting('server_version') as version,
              current_setting('transaction_read_only') = 'on' as locked, has_schema_privilege(current_schema(), 'create') as creates, current_database() as name, current_user as user`,
    )
    const row = rows[0]
    if (row === undefined) throw new DatabaseUnusableError(`the server at ${redactUrl(url)} is not PostgreSQL`)
    assertVersion(row.number, row.version, url)
    if (row.locked) {
      throw new DatabaseUnusableError(
        `the database "${row.name}" of DATABASE_URL is read-only (a standby server, or default_transaction_read_only is on): Chartroom needs one that accepts changes`,
      )
    }
    if (row.creates !== true) {
      throw new DatabaseUnusableError(
        `the user "${row.user}" may not create tables in the database "${row.name}" of DATABASE_URL: make it the owner (alter database "${row.name}" owner to "${row.user}")`,
      )
    }
    const pooled = await changesSessions(client, () => connect(url))
    if (pooled || !(await receivesNotifications(client))) throw new DatabaseUnusableError(poolerMessage(url))
    return { versionNumber: row.number, version: row.version }
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'chartroom check',
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
}

function poolerMessage(url: string): string {
  return `the database ${redactUrl(url)} of DATABASE_URL is behind a connection pooler in transaction mode, such as PgBouncer: there, notifications (LISTEN) and locks do not stay with their connection, and jobs would start late or run twice. Set DATABASE_URL to the address of PostgreSQL itself, or set pool_mode = session in the pooler`
}

/** @throws DatabaseUnusableError for a server older than 13. */
export function assertVersion(versionNumber: number, version: string, url: string): void {
  if (versionNumber >= OLDEST) return
  throw new DatabaseUnusableError(
    `the database ${redactUrl(url)} of DATABASE_URL runs on PostgreSQL ${version}; Chartroom needs version ${OLDEST / 10_000} or later`,
  )
}

function isUnreachable(error: unknown): boolean {
  const code = codeOf(error)
  if (error instanceof AggregateError) return error.errors.some((each) => isConnectionError(each) || isUnreachable(each))
  return code !== undefined && ['ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL'].includes(code)
}

/** Returns the address without its password, for messages. */
export function redactUrl(url: string): string {
  return url.replace(/^([a-z]+:\/\/[^:@/?]*):[^/?]*@/i, '$1:***@').replace(/([?&](?:password|sslpassword)=)[^&]*/gi, '$1***')
}

function hide(message: string, url: string): string {
  return message.replaceAll(url, redactUrl(url))
}
