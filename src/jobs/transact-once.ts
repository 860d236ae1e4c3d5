import { sql } from 'kysely'
import { isConnectionError } from '#db/connection-error.ts'
import type { Db } from '#db/database.ts'
import { systemClock } from '#lib/clock.ts'
import { reachDatabase } from './reach-database.ts'

/**
 * A transaction whose end is known also when the connection broke during the commit: the server is asked what became of it. A
 * caller that tries again after a connection error can therefore not do the same work twice, nor take its own finished work for
 * somebody else's.
 *
 * @throws what `work` throws, or a connection error: then nothing was committed, and it may be tried again.
 */
export async function transactOnce<T>(db: Db, work: (trx: Db) => Promise<T>): Promise<T> {
  let ended: { value: T; transaction: string } | null = null
  try {
    return await db.transaction().execute(async (trx) => {
      const value = await work(trx)
      const row = await sql<{ id: string }>`select pg_current_xact_id()::text as id`.execute(trx)
      ended = { value, transaction: row.rows[0]?.id ?? '' }
      return value
    })
  } catch (error) {
    // Assigned in a callback, which the type checker does not follow.
    const commit = ended as { value: T; transaction: string } | null
    if (commit !== null && isConnectionError(error) && (await committed(db, commit.transaction))) return commit.value
    throw error
  }
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
