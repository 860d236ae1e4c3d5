import { sql } from 'kysely'
import type { Db } from '#db/database.ts'

/**
 * Folds `job_count` into one row per account. One statement replaces committed rows by their sum, so concurrent readers see the same
 * totals, and rows appended meanwhile stay. Safe to run on several servers at once.
 */
export async function foldJobCount(db: Db): Promise<void> {
  await sql`
    with folded as (delete from job_count returning account_id, jobs)
    insert into job_count (account_id, jobs) select account_id, sum(jobs) from folded group by account_id having sum(jobs) <> 0
  `.execute(db)
}
