import { sql } from 'kysely'
import type { Db } from './database.ts'

/**
 * Runs VACUUM (ANALYZE) on one table, outside a transaction as VACUUM needs it. It may be stopped at any point.
 * @throws the signal's reason when it aborts; the statement is cancelled on the server then.
 */
export async function vacuumTable(db: Db, table: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  await db.connection().execute(async (connection) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(connection)
    const [backend] = rows
    if (backend === undefined) throw new Error('PostgreSQL returned no pid of its backend')
    let cancelling: Promise<unknown> | null = null
    const onAbort = () => {
      cancelling = sql`select pg_cancel_backend(${backend.pid})`.execute(db).catch(() => null)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      await sql`vacuum (analyze) ${sql.table(table)}`.execute(connection)
    } catch (error) {
      throw signal.aborted ? signal.reason : error
    } finally {
      signal.removeEventListener('abort', onAbort)
      // The connection goes back to the pool: a cancel that is still under way must not hit its next user.
      await cancelling
    }
  })
  signal.throwIfAborted()
}
