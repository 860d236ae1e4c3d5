import { type Kysely, sql } from 'kysely'

// The number of jobs per account, so that a list returns its total without counting a million rows. The rows are amounts to add up: each
// statement that creates or deletes jobs appends one, so that no two statements wait for each other, and the engine folds them from time to
// time. A reader gets the number of jobs of its snapshot.

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table job_count (account_id bigint, jobs bigint not null)
    with (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0.1)`,
  `insert into job_count (account_id, jobs) select account_id, count(*) from job group by account_id`,

  `create function count_new_jobs() returns trigger language plpgsql as $$
  begin
    insert into job_count (account_id, jobs) select account_id, count(*) from changed group by account_id;
    return null;
  end $$`,
  `create function count_deleted_jobs() returns trigger language plpgsql as $$
  begin
    insert into job_count (account_id, jobs) select account_id, -count(*) from changed group by account_id;
    return null;
  end $$`,
  `create function count_no_jobs() returns trigger language plpgsql as $$
  begin
    delete from job_count;
    return null;
  end $$`,
  `create trigger count_new_jobs after insert on job referencing new table as changed
    for each statement execute function count_new_jobs()`,
  `create trigger count_deleted_jobs after delete on job referencing old table as changed
    for each statement execute function count_deleted_jobs()`,
  `create trigger count_no_jobs after truncate on job for each statement execute function count_no_jobs()`,
]
