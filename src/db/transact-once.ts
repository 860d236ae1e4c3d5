import { sql } from 'kysely'
import { systemClock } from '#lib/clock.ts'
import { isConnectionError } from './connection-error.ts'
import type { Db } from './database.ts'
import { reachDatabase } from './reach-database.ts'

/**
 * A transaction whose end is known also when the connection broke during the commit: the server is asked what became of it. A
 * caller that tries again after a connection error can therefore not do the same work twice, nor take its own finished work for
 * somebody else's.
 *
 * @param work may tell the id of its transaction (`pg_current_xact_id()`) when a statement of its own has read it; otherwise one more
 *   statement asks for it.
 * @throws what `work` throws, or a connection error: then nothing was committed, and it may be tried again.
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

/** What became of a transaction; waits while the server is still at it. */
async function committed(db: Db, transaction: string): Promise<boolean> {
  for (;;) {
    const result = await reachDatabase(systemClock, () =>
      sql<{ status: string | null }>`select pg_xact_status(${transaction}::xid8) as status`.execute(db),
    )
    const status = result.rows[0]?.status
    if (status !== 'in progress') return status === 'committed'
    await systemClock.sleep(50)
  }
}
