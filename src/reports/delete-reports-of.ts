import { sql } from 'kysely'
import type { Db } from '#db/database.ts'

/** Whose reports: those of a user, or of all users of an account. */
export type ReportsOwner = { userId: number } | { accountId: number }

/** Rows of each kind that one call deletes. */
const PER_BATCH = 1_000

/**
 * Deletes one batch of what an account or a user has reported: votes (the counts of the reports follow), reports with the votes of
 * others on them, and tracks of soundings. Call it until it returns 0.
 *
 * @returns how many rows were deleted.
 */
export async function deleteReportsOf(trx: Db, owner: ReportsOwner): Promise<number> {
  const isOwn = 'userId' in owner ? sql`user_id = ${owner.userId}` : sql`account_id = ${owner.accountId}`
  const isVoter =
    'userId' in owner
      ? sql`user_id = ${owner.userId}`
      : sql`user_id in (select id from app_user where account_id = ${owner.accountId})`
  // Reports before votes and in the order of their ids, like everything that locks several, so that there are no deadlocks.
  const locked = await sql<{ id: string }>`
    select id from user_report where id in (
      (select report_id from user_report_vote where ${isVoter} order by report_id limit ${PER_BATCH})
      union (select id from user_report where ${isOwn} order by id limit ${PER_BATCH})
    ) order by id for update`.execute(trx)
  const ids = locked.rows.map(({ id }) => id)
  let deleted = 0
  for (const statement of [
    sql`delete from user_report_vote where report_id = any(${ids}::uuid[]) and ${isVoter}`,
    sql`delete from user_report where id = any(${ids}::uuid[]) and ${isOwn}`,
    sql`delete from bathymetry_track where id in (select id from bathymetry_track where ${isOwn} order by id limit ${PER_BATCH})`,
  ]) {
    const result = await statement.execute(trx)
    deleted += Number(result.numAffectedRows ?? 0)
  }
  return deleted
}
