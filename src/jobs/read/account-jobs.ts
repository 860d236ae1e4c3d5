import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { isActive } from '../model/job-record.ts'

/** The roots of an account's trees that have not ended, except one, oldest first. Uses job_account_newest. */
export async function activeRootsOf(db: Db, accountId: number, exceptId: string): Promise<string[]> {
  const result = await sql<{ id: string }>`
    select id from job where account_id = ${accountId} and parent_job_id is null and ${isActive} and id <> ${exceptId}
    order by created_at, id
  `.execute(db)
  return result.rows.map(({ id }) => id)
}

/**
 * Deletes a batch of an account's ended trees, with their steps and logs, except one.
 *
 * @returns how many there were, at most `size`.
 */
export async function deleteEndedTreesOf(trx: Db, accountId: number, exceptId: string, size: number): Promise<number> {
  const result = await sql`
    with ended as (
      select id from job where account_id = ${accountId} and parent_job_id is null and finished_at is not null and id <> ${exceptId}
      limit ${size} for update
    )
    delete from job using ended where job.id = ended.id
  `.execute(trx)
  return Number(result.numAffectedRows ?? 0)
}
