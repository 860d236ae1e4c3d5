import { sql } from 'kysely'
import type { Db } from '#db/database.ts'

/**
 * Folds `job_count` into one row per account, type and kind (top level or child). One statement replaces committed rows by their sum, so concurrent readers see the same
 * totals, and rows appended meanwhile stay. Safe to run on several servers at once.
 */
export async function foldJobCount(db: Db): Promise<void> {
  await sql`
    with folded as (delete from job_count returning account_id, job_type, is_top, jobs)
    insert into job_count (account_id, job_type, is_top, jobs)
      select account_id, job_type, is_top, sum(jobs) from folded group by 1, 2, 3 having sum(jobs) <> 0
  `.execute(db)
}
