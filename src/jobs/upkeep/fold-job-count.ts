import { sql } from 'kysely'
import type { Db } from '#db/database.ts'

/**
 * Adds up the amounts of `job_count`, one row an account. Only what is committed is folded, in one transaction: whoever counts at
 * this moment sees either all of it or nothing, and what others append meanwhile stays beside it. May run anywhere, at once too.
 */
export async function foldJobCount(db: Db): Promise<void> {
  await sql`
    with folded as (delete from job_count returning account_id, jobs)
    insert into job_count (account_id, jobs) select account_id, sum(jobs) from folded group by account_id having sum(jobs) <> 0
  `.execute(db)
}
