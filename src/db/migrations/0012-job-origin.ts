import { type Kysely, sql } from 'kysely'

// started_by: who or what started a job; null for jobs of earlier versions, and for children.
// job_count: also by type, and whether the job has no parent, so that lists of top-level jobs or of one type are not counted.
// job_top_newest, job_top_account_newest: pages of top-level jobs, however many children there are.
// job_unsuccessful: pages and counts of failed and cancelled jobs. Completed jobs are the kept count less all others.

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const counted = (name: string, sign: string) => `create or replace function ${name}() returns trigger language plpgsql as $$
  begin
    insert into job_count (account_id, job_type, is_top, jobs)
      select account_id, job_type, parent_job_id is null, ${sign}count(*) from changed group by 1, 2, 3;
    return null;
  end $$`

const statements = [
  'alter table job add column started_by jsonb',
  // No change of jobs between the new count and the new functions.
  'lock table job in share row exclusive mode',
  'delete from job_count',
  'alter table job_count add column job_type text not null, add column is_top boolean not null',
  `insert into job_count (account_id, job_type, is_top, jobs)
    select account_id, job_type, parent_job_id is null, count(*) from job group by 1, 2, 3`,
  counted('count_new_jobs', ''),
  counted('count_deleted_jobs', '-'),
  'create index job_top_newest on job (created_at desc, id desc) where parent_job_id is null',
  'create index job_top_account_newest on job (account_id, created_at desc, id desc) where parent_job_id is null',
  `create index job_unsuccessful on job (created_at desc, id desc) include (job_type, job_state, account_id, parent_job_id)
    where job_state in ('failed', 'cancelled')`,
]
