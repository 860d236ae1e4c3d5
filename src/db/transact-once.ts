import { sql } from 'kysely'
import { systemClock } from '#lib/clock.ts'
import { isConnectionError } from './connection-error.ts'
import type { Db } from './database.ts'
import { reachDatabase } from './reach-database.ts'
import { type OwnMark, type TransactionMark, takeMark } from './transaction-mark.ts'

/**
 * Runs a transaction and, when the connection breaks during the commit, asks the server whether it was committed. A caller that retries
 * after a connection error can therefore neither do the same work twice nor take its own finished work for another's.
 * @param work may leave the mark in one of its own statements; otherwise another statement does.
 * @throws what `work` throws, or a connection error; nothing was committed then, and a retry is safe.
 */
export async function transactOnce<T>(db: Db, work: (trx: Db, mark: TransactionMark) => Promise<T>): Promise<T> {
  const mark = takeMark(db)
  let ended: { value: T; transaction: string } | null = null
  try {
    const value = await db.transaction().execute(async (trx) => {
      const value = await work(trx, mark)
      ended = { value, transaction: mark.transaction ?? (await leave(trx, mark)) }
      return value
    })
    mark.release()
    return value
  } catch (error) {
    // Assigned in a callback, which the type checker does not follow.
    const commit = ended as { value: T; transaction: string } | null
    // Without an answer the server may still hold the row of the mark, so that row is abandoned.
    if (commit === null || !isConnectionError(error)) throw error
    const isCommitted = await committed(db, commit.transaction, mark)
    mark.release()
    if (isCommitted) return commit.value
    throw error
  }
}

async function leave(trx: Db, mark: OwnMark): Promise<string> {
  const { rows } = await mark.statement.execute(trx)
  return rows[0]?.transaction ?? ''
}

/** Whether a transaction was committed; waits while one with its id is in progress. */
async function committed(db: Db, transaction: string, mark: OwnMark): Promise<boolean> {
  for (;;) {
    // The order matters: if it has ended by the first query, the second sees its outcome.
    const status = await reachDatabase(systemClock, () => statusOf(db, transaction))
    if (await reachDatabase(systemClock, () => mark.isCommitted(db))) return true
    if (status !== 'in progress') return false
    await systemClock.sleep(50)
  }
}

/** SQLSTATE invalid_parameter_value. */
const INVALID_PARAMETER = '22023'

async function statusOf(db: Db, transaction: string): Promise<string | null> {
  try {
    const result = await sql<{ status: string | null }>`select pg_xact_status(${transaction}::xid8) as status`.execute(db)
    return result.rows[0]?.status ?? null
  } catch (error) {
    // After a crash, the id of a transaction that was lost may lie above every id that was assigned since.
    if (error instanceof Error && 'code' in error && error.code === INVALID_PARAMETER) return null
    throw error
  }
}
