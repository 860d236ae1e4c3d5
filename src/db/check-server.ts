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
const MORE_CONNECTIONS =
  'each process of Chartroom opens up to 18: raise max_connections of PostgreSQL, or the connection limit of the user or database'

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
      // Not as a cause, whose message may hold the address with its password.
      if (!isConnectionError(error) && !isUnreachable(error)) throw new DatabaseUnusableError(explainRefusal(error, url))
      if (waited + PAUSE > waitMilliseconds) throw new DatabaseUnusableError(explainWait(error, url, waitMilliseconds))
      if (!warned) options.log.warn(`waiting for the database ${redactUrl(url)}: ${hide(messageOf(error), url)}`)
      warned = true
      await clock.sleep(PAUSE)
    }
  }
}

/** Why a server that answers does not let Chartroom in, and what to do. */
function explainRefusal(error: unknown, url: string): string {
  const said = `the database ${redactUrl(url)} of DATABASE_URL rejects the login of Chartroom: ${hide(messageOf(error), url)}`
  switch (codeOf(error)) {
    case '3D000':
      return `${said}. Create it with the user of DATABASE_URL as its owner (create database NAME owner USER), or correct the name`
    case '28P01':
    case '28000':
      return `${said}. Correct user and password in DATABASE_URL; special characters of the password must be percent-encoded`
    default:
      return said
  }
}

function explainWait(error: unknown, url: string, milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  const where = `the database ${redactUrl(url)} of DATABASE_URL`
  const reason = hide(messageOf(error), url)
  if (codeOf(error) === '53300') return `${where} had no free connection for ${seconds} s (${reason}): ${MORE_CONNECTIONS}`
  return `${where} could not be reached within ${seconds} s (${reason}): is PostgreSQL running there, and are host, port and name correct? Without DATABASE_URL, Chartroom uses its embedded PostgreSQL`
}

/**
 * In words for the operator when a start failed because the database gave it fewer connections than it needs; other errors come back as
 * they are.
 */
export function explainFewConnections(error: unknown): unknown {
  if (codeOf(error) !== '53300') return error
  return new DatabaseUnusableError(
    `the database has too few connections for Chartroom (${messageOf(error)}): ${MORE_CONNECTIONS}`,
  )
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
