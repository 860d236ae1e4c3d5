import { sql } from 'kysely'
import type { Db } from '#db/database.ts'

/** Reports that one statement marks: each batch is quick, and losing one costs little. */
export const EXPIRED_PER_BATCH = 1_000

/** Whether an active report was created at this time, in milliseconds, or before. */
export async function anyReportDue(db: Db, activeSince: number): Promise<boolean> {
  // Index user_report_active.
  const due = await db
    .selectFrom('user_report')
    .select('id')
    .where('deleted_at', 'is', null)
    .where('expired_at', 'is', null)
    .where('created_at', '<=', new Date(activeSince))
    .limit(1)
    .executeTakeFirst()
  return due !== undefined
}

/**
 * Records the expiry of one batch of reports, the oldest first; locks them in the order of their ids, like everything that locks several. A
 * report expires at the end of its age, whenever this runs.
 * @param due in milliseconds: how long a report stays active, and the present.
 * @returns how many were marked.
 */
export async function expireReports(trx: Db, { expirationAge, now }: { expirationAge: number; now: number }): Promise<number> {
  const result = await sql`
    with due as (
      select id from user_report
      where deleted_at is null and expired_at is null and created_at <= ${new Date(now - expirationAge)}
      order by created_at, id limit ${EXPIRED_PER_BATCH}
    ), locked as (
      select id from user_report where id in (select id from due) and expired_at is null order by id for update
    )
    update user_report r set expired_at = r.created_at + ${expirationAge} * interval '1 millisecond'
    from locked where r.id = locked.id
  `.execute(trx)
  return Number(result.numAffectedRows ?? 0)
}
