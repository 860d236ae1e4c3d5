import { sql } from 'kysely'
import type { Db } from '#db/database.ts'

/** Payload: the id of a job whose row has changed. Only the id, because a notification holds at most 8,000 bytes. */
export const CHANGED_CHANNEL = 'job_changed'
/** Payload: the id of a running job that must stop. */
export const CANCEL_CHANNEL = 'job_cancel'

/** Notifies listeners of changed jobs when the caller's transaction commits. */
export async function announceChanged(trx: Db, jobIds: readonly string[]): Promise<void> {
  if (jobIds.length === 0) return
  await sql`select pg_notify(${CHANGED_CHANNEL}, id::text) from unnest(${jobIds}::uuid[]) as changed (id)`.execute(trx)
}

/** Notifies workers to stop these jobs when the caller's transaction commits. */
export async function announceCancel(trx: Db, jobIds: readonly string[]): Promise<void> {
  if (jobIds.length === 0) return
  await sql`select pg_notify(${CANCEL_CHANNEL}, id::text) from unnest(${jobIds}::uuid[]) as wanted (id)`.execute(trx)
}
