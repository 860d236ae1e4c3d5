import { sql } from 'kysely'
import { AppError, codeOf } from '#lib/errors.ts'
import type { Db } from './database.ts'

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
 * @throws the signal's reason when it aborts; AppError QUERY_TIMEOUT (503) when a statement takes too long.
 */
export async function readSnapshot<T>(db: Db, options: ReadOptions, work: (trx: Db) => Promise<T>): Promise<T> {
  const { signal, statementMilliseconds } = options
  signal?.throwIfAborted()
  // The result does not wait for the end of a transaction that wrote nothing.
  const answer = Promise.withResolvers<T>()
  db.transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => {
      // The wait for a connection may have been long.
      signal?.throwIfAborted()
      const session = await sql<{ pid: number }>`
        select set_config('statement_timeout', ${`${statementMilliseconds}ms`}, true), pg_backend_pid() as pid
      `.execute(trx)
      const cancelling = cancelOnAbort(db, session.rows[0]?.pid ?? 0, signal)
      try {
        signal?.throwIfAborted()
        answer.resolve(await work(trx))
      } catch (error) {
        if (signal?.aborted) throw signal.reason
        if (codeOf(error) === QUERY_CANCELED) throw tooSlow(statementMilliseconds, error)
        throw error
      } finally {
        await cancelling.end()
      }
    })
    .catch(answer.reject)
  return await answer.promise
}

/** Cancels the backend's statement when the signal aborts, until `end`. */
function cancelOnAbort(db: Db, pid: number, signal: AbortSignal | undefined) {
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
    /** After this resolves, no cancel is sent that could reach the next user of the connection. */
    async end(): Promise<void> {
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
