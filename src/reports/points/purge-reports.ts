import { sql } from 'kysely'
import type { Db } from '#db/database.ts'

/** Reports that one statement deletes, with the votes on them. */
export const PURGED_PER_BATCH = 1_000

/** Whether a report was deleted or recorded as expired at this time, in milliseconds, or before. */
export async function anyReportToPurge(db: Db, endedBy: number): Promise<boolean> {
  const found = await sql`select 1 from user_report where ${hasEnded(endedBy)} limit 1`.execute(db)
  return found.rows.length > 0
}

/**
 * Deletes one batch of the reports that were deleted or recorded as expired at a time, in milliseconds, or before: the oldest first, with
 * the votes on them. Locks the reports in the order of their ids, like everything that locks several.
 * @returns how many reports were deleted.
 */
export async function purgeReports(trx: Db, endedBy: number): Promise<number> {
  const result = await sql`
    with ended as (
      select id from user_report where ${hasEnded(endedBy)}
      order by created_at, id limit ${PURGED_PER_BATCH}
    ), locked as (
      select id from user_report where id in (select id from ended) order by id for update
    )
    delete from user_report r using locked where r.id = locked.id
  `.execute(trx)
  return Number(result.numAffectedRows ?? 0)
}

function hasEnded(endedBy: number) {
  const time = new Date(endedBy)
  // A report is older than its end, so index user_report_newest leads past the younger ones; `least` ignores a null.
  return sql`created_at <= ${time} and least(deleted_at, expired_at) <= ${time}`
}
