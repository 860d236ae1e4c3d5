import { stat } from 'node:fs/promises'
import pg from 'pg'
import { codeOf, messageOf } from '#lib/errors.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'

export interface Login {
  client: pg.Client
  /** Such as `18.4`. */
  version: string
  /** Resolves when the connection ends for any reason. */
  ended: Promise<void>
}

/** Why there was no login. `starting`: the server is starting or stopping; `absent`: nothing listens there. */
export type LoginRefusal = 'starting' | 'absent'

/** The address of a database on a server that listens on a socket in this folder. */
export function socketUrl(socket: string, user: string, password: string, database: string): string {
  return `postgresql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@/${database}?host=${encodeURIComponent(socket)}`
}

/**
 * Logs in to the server behind a socket and proves that it belongs to this data directory: it must know our password (SCRAM proves
 * that in both directions) and use the same folder.
 *
 * @throws EmbeddedPostgresError when another server responds.
 */
export async function login(url: string, data: string): Promise<Login | LoginRefusal> {
  const client = new pg.Client({ connectionString: url, application_name: 'chartroom owner', connectionTimeoutMillis: 5_000 })
  // A broken connection shows as its end; without a listener its error would end the process.
  client.on('error', () => undefined)
  const ended = new Promise<void>((resolve) => client.once('end', resolve))
  try {
    await client.connect()
    const { rows } = await client.query<{ directory: string; version: string }>(
      `select current_setting('data_directory') as directory, current_setting('server_version') as version`,
    )
    const row = rows[0]
    if (row === undefined || !(await isSame(row.directory, data))) {
      throw new EmbeddedPostgresError(
        `the PostgreSQL that responds for ${data} uses ${row?.directory}: another server has this socket; stop it, or choose another DATA_DIR`,
      )
    }
    return { client, version: row.version, ended }
  } catch (error) {
    await client.end().catch(() => undefined)
    if (error instanceof EmbeddedPostgresError) throw error
    const code = codeOf(error)
    const message = messageOf(error)
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return 'absent'
    if (code === '28P01' || code === '28000' || /SCRAM|authentication/i.test(message)) {
      throw new EmbeddedPostgresError(
        `the PostgreSQL of ${data} does not accept the password in DATA_DIR/postgres/password (${message}): docs/operations.md says how to set a new one`,
        { cause: error },
      )
    }
    // 57P03 (startup, shutdown, recovery), 53300 and broken connections all pass.
    return 'starting'
  }
}

async function isSame(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all([stat(a).catch(() => null), stat(b).catch(() => null)])
  return first !== null && second !== null && first.ino === second.ino && first.dev === second.dev
}
