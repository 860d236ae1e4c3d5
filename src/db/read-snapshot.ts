import { sql } from 'kysely'
import { AppError, codeOf } from '#lib/errors.ts'
import type { Db } from './database.ts'
import { isForgotten } from './prepared.ts'

export interface ReadOptions {
  /** Time limit of one statement. */
  statementMilliseconds: number
  /** Aborts when no caller waits any more; the running statement is then cancelled in the database. */
  signal?: AbortSignal | undefined
}

/** SQLSTATE of a cancelled statement. */
const QUERY_CANCELED = '57014'

/**
 * Reads in one snapshot: all statements of `work` see the same rows, even if others are written meanwhile. Each statement has a time limit
 * and ends with the signal, because no client may occupy the database for long.
 *
 * @param work may run twice, when a pooler has lost a prepared statement of it.
 * @throws the signal's reason when it aborts; AppError QUERY_TIMEOUT (503) when a statement takes too long.
 */
export async function readSnapshot<T>(db: Db, options: ReadOptions, work: (trx: Db) => Promise<T>): Promise<T> {
  try {
    return await readOnce(db, options, work)
  } catch (error) {
    if (!isForgotten(error)) throw error
    return await readOnce(db, options, work)
  }
}

async function readOnce<T>(db: Db, { statementMilliseconds, signal }: ReadOptions, work: (trx: Db) => Promise<T>): Promise<T> {
  signal?.throwIfAborted()
  // The result does not wait for the commit of a transaction that wrote nothing.
  const answer = Promise.withResolvers<T>()
  db.connection()
    .execute(async (connection) => {
      // The wait for a connection may have been long.
      signal?.throwIfAborted()
      let cancelling: Cancelling | null = null
      try {
        cancelling = cancelOnAbort(db, await begin(connection, statementMilliseconds), signal)
        signal?.throwIfAborted()
        answer.resolve(await work(connection))
      } catch (error) {
        if (signal?.aborted) throw signal.reason
        if (codeOf(error) === QUERY_CANCELED) throw tooSlow(statementMilliseconds, error)
        throw error
      } finally {
        await cancelling?.end()
        // Also ends a transaction that has failed. It fails only on a lost connection, which the pool drops and whose first error says
        // more.
        await sql`commit`.execute(connection).catch(() => {})
      }
    })
    .catch(answer.reject)
  return await answer.promise
}

/** Begins the transaction in one message, because each round trip costs as much as a short statement. @returns the pid of the backend. */
async function begin(connection: Db, statementMilliseconds: number): Promise<number> {
  const limit = sql.lit(`${statementMilliseconds}ms`)
  const session = await sql<{ pid: number }>`
    start transaction isolation level repeatable read, read only; set local statement_timeout = ${limit}; select pg_backend_pid() as pid
  `.execute(connection)
  return session.rows[0]?.pid ?? 0
}

interface Cancelling {
  /** After this resolves, no cancel is sent that could reach the next user of the connection. */
  end(): Promise<void>
}

/** Cancels the backend's statement when the signal aborts, until `end`. */
function cancelOnAbort(db: Db, pid: number, signal: AbortSignal | undefined): Cancelling {
  let over = false
  let sent: Promise<unknown> = Promise.resolve()
  const cancel = () =>
    void db
      .connection()
      .execute(async (connection) => {
        if (over) return
        sent = sql`select pg_cancel_backend(${pid})`.execute(connection)
        await sent
      })
      // If the cancel cannot be sent, the time limit ends the statement.
      .catch(() => {})
  signal?.addEventListener('abort', cancel, { once: true })
  return {
    async end() {
      over = true
      signal?.removeEventListener('abort', cancel)
      await sent.catch(() => {})
    },
  }
}

function tooSlow(milliseconds: number, cause: unknown): AppError {
  return new AppError(
    'QUERY_TIMEOUT',
    `The database did not answer within ${milliseconds / 1000} seconds. Try again, or ask for less: a smaller offset, or the parameter cursor.`,
    { cause },
  )
}
