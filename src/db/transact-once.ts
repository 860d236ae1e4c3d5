import { sql } from 'kysely'
import { systemClock } from '#lib/clock.ts'
import { isConnectionError } from './connection-error.ts'
import type { Db } from './database.ts'
import { reachDatabase } from './reach-database.ts'

/**
 * Runs a transaction whose outcome is known even when the connection breaks during the commit, because it asks the server. A caller that
 * retries after a connection error can therefore neither do the same work twice nor take its own finished work for another's.
 *
 * @param work may report the id of its transaction (`pg_current_xact_id()`) if one of its statements has read it; otherwise another
 *   statement asks for it.
 * @throws what `work` throws, or a connection error; nothing was committed then, and a retry is safe.
 */
export async function transactOnce<T>(db: Db, work: (trx: Db, known: (transaction: string) => void) => Promise<T>): Promise<T> {
  let ended: { value: T; transaction: string } | null = null
  try {
    return await db.transaction().execute(async (trx) => {
      let transaction: string | null = null
      const value = await work(trx, (id) => {
        transaction = id
      })
      ended = { value, transaction: transaction ?? (await idOf(trx)) }
      return value
    })
  } catch (error) {
    // Assigned in a callback, which the type checker does not follow.
    const commit = ended as { value: T; transaction: string } | null
    if (commit !== null && isConnectionError(error) && (await committed(db, commit.transaction))) return commit.value
    throw error
  }
}

async function idOf(trx: Db): Promise<string> {
  const row = await sql<{ id: string }>`select pg_current_xact_id()::text as id`.execute(trx)
  return row.rows[0]?.id ?? ''
}

/** Whether a transaction was committed; waits while it is in progress. */
async function committed(db: Db, transaction: string): Promise<boolean> {
  for (;;) {
    const status = await reachDatabase(systemClock, () => statusOf(db, transaction))
    if (status !== 'in progress') return status === 'committed'
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
    // After a crash, the id of a transaction that was lost with it may be one that has not been given out yet.
    if (error instanceof Error && 'code' in error && error.code === INVALID_PARAMETER) return null
    throw error
  }
}
