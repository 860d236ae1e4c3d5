import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { answerWithLastResult } from './last-result.ts'
import { prepareMarked } from './prepared.ts'
import type { Schema } from './schema.ts'
import { type WatchOptions, watchStatements } from './watch-statements.ts'

export type Db = Kysely<Schema>

export interface Database {
  db: Db
  /** The connection string, for parts that open their own connections (LISTEN, the queue). */
  url: string
  /** Connections of the pool: open, idle, and callers that wait for one. */
  pool(): { size: number; idle: number; waiting: number }
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** `postgresql://user:password@host:port/name`, or `postgresql://user:password@/name?host=/folder/of/the/socket`. */
  url: string
  maxConnections?: number
  applicationName?: string
  /** Called with errors of idle connections, which no caller receives. */
  onError?(error: Error): void
  /** How a server that stops responding is noticed; by default within 30 seconds. */
  watch?: Partial<Omit<WatchOptions, 'url'>>
}

// bigint columns hold ids and byte counts, all far below 2^53; dates stay text because the time zone would shift a Date.
const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.INT8, Number)
types.setTypeParser(pg.types.builtins.DATE, String)
const INT8_ARRAY = 1016
types.setTypeParser(INT8_ARRAY as typeof pg.types.builtins.INT8, (text: string) =>
  text === '{}' ? [] : text.slice(1, -1).split(',').map(Number),
)

/** Opens a pool. It connects on first use, so an unreachable server never makes this fail. */
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
  // The pool listens for errors of idle connections only. Without a listener, a connection that breaks between two statements of its
  // user would end the process; the next statement reports the error.
  const prepare = prepareMarked()
  const watch = watchStatements({
    url: options.url,
    silenceMilliseconds: 10_000,
    responseMilliseconds: 5_000,
    ...options.watch,
  })
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
    answerWithLastResult(client)
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
