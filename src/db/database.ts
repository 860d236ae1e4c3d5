import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { prepareMarked } from './prepared.ts'
import type { Schema } from './schema.ts'
import { type WatchOptions, watchStatements } from './watch-statements.ts'

export type Db = Kysely<Schema>

export interface Database {
  db: Db
  /** The connection string it was opened with, for parts that need connections of their own (LISTEN, the queue). */
  url: string
  /** Connections of the pool: open, open without work, and callers that wait for one. */
  pool(): { size: number; idle: number; waiting: number }
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** `postgresql://user:password@host:port/name`, or `postgresql://user:password@/name?host=/folder/of/the/socket`. */
  url: string
  maxConnections?: number
  applicationName?: string
  /** Called with the errors of idle connections, which have no caller to be thrown to. */
  onError?(error: Error): void
  /** How a server that stops responding is noticed; by default within 30 seconds. */
  watch?: Partial<Omit<WatchOptions, 'url'>>
}

// bigint columns hold ids and byte counts, all far below 2^53; dates stay text because a Date would shift them by the time zone.
const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.INT8, Number)
types.setTypeParser(pg.types.builtins.DATE, String)
const INT8_ARRAY = 1016
types.setTypeParser(INT8_ARRAY as typeof pg.types.builtins.INT8, (text: string) =>
  text === '{}' ? [] : text.slice(1, -1).split(',').map(Number),
)

/** Opens a pool. Connections are made on first use, so this never fails for an unreachable server. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections ?? 10,
    application_name: options.applicationName ?? 'chartroom',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    types,
  })
  pool.on('error', (error) => options.onError?.(error))
  // The pool hears the errors of idle connections only. One that breaks while it is taken and between two statements would have no
  // listener, and end the process: a PostgreSQL that is killed would take the server with it. The next statement tells the caller.
  const prepare = prepareMarked()
  const watch = watchStatements({
    url: options.url,
    silenceMilliseconds: 10_000,
    responseMilliseconds: 5_000,
    ...options.watch,
  })
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
    watch.add(client)
    prepare(client)
  })
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  return {
    db,
    url: options.url,
    pool: () => ({ size: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    async close() {
      await db.destroy()
      watch.close()
    },
  }
}
