import { sql } from 'kysely'
import type { Db } from '#db/database.ts'

// Triggers that check every write to the job tables of a test database, so that a wrong assumption in the engine cannot hide a broken
// rule. They record the fault and let the write pass, so that one fault does not cause another.

export interface Violation {
  what: string
  job_id: string
  detail: string
}

const STATEMENTS = [
  `create table audit_violation (at timestamptz not null default clock_timestamp(), what text not null, job_id uuid not null, detail text not null)`,
  // The product of test jobs: a row that may exist once, and a count of how often it was applied.
  `create table effect (job_id uuid not null, name text not null, attempt int not null, primary key (job_id, name))`,
  `create table effect_count (job_id uuid primary key, applied int not null)`,

  `create function audit_job() returns trigger language plpgsql as $$
  begin
    if old.job_state in ('completed', 'failed', 'cancelled') and new.job_state <> old.job_state then
      insert into audit_violation (what, job_id, detail) values ('revived', new.id, old.job_state || ' became ' || new.job_state);
    end if;
    if new.attempt < old.attempt or new.attempt > old.attempt + 1 then
      insert into audit_violation (what, job_id, detail) values ('attempt jumped', new.id, old.attempt || ' to ' || new.attempt);
    end if;
    if new.percent_complete < old.percent_complete and old.job_state = 'running' and not old.waiting and new.attempt = old.attempt then
      insert into audit_violation (what, job_id, detail)
      values ('progress fell', new.id, old.percent_complete || ' to ' || new.percent_complete);
    end if;
    if (new.percent_complete = 100) <> (new.job_state = 'completed') then
      insert into audit_violation (what, job_id, detail) values ('100 means completed', new.id, new.percent_complete || ' ' || new.job_state);
    end if;
    if (new.finished_at is not null) <> (new.job_state in ('completed', 'failed', 'cancelled')) then
      insert into audit_violation (what, job_id, detail) values ('finished_at means ended', new.id, new.job_state);
    end if;
    if new.job_state in ('pending', 'running') and new.result is not null then
      insert into audit_violation (what, job_id, detail) values ('result before the end', new.id, new.job_state);
    end if;
    return new;
  end $$`,
  `create trigger audit_job before update on job for each row execute function audit_job()`,

  `create function audit_step() returns trigger language plpgsql as $$
  begin
    -- Begun by a run alone. A parent that waits again, after a retry, has the step that its children finish at work again without beginning it.
    if new.status = 'running' and not exists (select from job where id = new.job_id and job_state = 'running'
        and (not waiting or tg_op = 'UPDATE' and new.attempt = old.attempt)) then
      insert into audit_violation (what, job_id, detail) values ('step began without a run', new.job_id, new.step_name);
    end if;
    return new;
  end $$`,
  `create trigger audit_step before insert or update on job_step for each row execute function audit_step()`,

  `create function audit_effect() returns trigger language plpgsql as $$
  begin
    if not exists (select from job where id = new.job_id and job_state = 'running' and not waiting and attempt = new.attempt) then
      insert into audit_violation (what, job_id, detail) values ('effect without a claim', new.job_id, new.name || ' of attempt ' || new.attempt);
    end if;
    return new;
  end $$`,
  `create trigger audit_effect before insert on effect for each row execute function audit_effect()`,
]

/** Installs the triggers and the tables of `applyEffect`, once per database. */
export async function installAudit(db: Db): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

/**
 * The product write of a test job: a row by a key, and a count that increases with it. A repeated step finds the row and changes
 * nothing, so a count that differs from the rows or steps shows a lost or repeated effect. Call it within `step.transaction`.
 */
export async function applyEffect(trx: Db, job: { jobId: string; attempt: number }, name: string): Promise<void> {
  await sql`
    with made as (
      insert into effect (job_id, name, attempt) values (${job.jobId}, ${name}, ${job.attempt}) on conflict do nothing returning job_id
    )
    insert into effect_count (job_id, applied) select job_id, 1 from made
    on conflict (job_id) do update set applied = effect_count.applied + 1
  `.execute(trx)
}

/** Returns the recorded faults, except the kinds named here (`revived` where a test retries jobs). */
export async function violations(db: Db, except: readonly string[] = []): Promise<Violation[]> {
  const result = await sql<Violation>`
    select what, job_id, detail from audit_violation where what <> all(${[...except]}::text[]) order by at limit 20
  `.execute(db)
  return result.rows
}

/**
 * Returns the faults in the tables while no job runs: counters that differ from rows, ended jobs with open steps, open children in an
 * ended tree, active jobs without a queue entry.
 */
export async function inconsistencies(db: Db): Promise<string[]> {
  const result = await sql<{ problem: string }>`
    select 'open_children of ' || id || ' is ' || open_children as problem from job where job_state = 'running' and waiting
      and open_children <> (select count(*) from job child where child.parent_job_id = job.id and child.job_state in ('pending', 'running'))
    union all
    select 'failed_children of ' || id || ' is ' || failed_children from job where waiting_from is not null and on_child_failure is not null
      and failed_children <> (select count(*) from job child where child.parent_job_id = job.id and child.job_state in ('failed', 'cancelled'))
    union all
    select 'job ' || id || ' is ' || job_state || ' with an open child' from job where job_state in ('completed', 'failed', 'cancelled')
      and exists (select from job child where child.parent_job_id = job.id and child.job_state in ('pending', 'running'))
    union all
    select 'job ' || job.id || ' is ' || job_state || ' with the step ' || step_name || ' ' || status from job join job_step on job_id = job.id
      where job_state in ('completed', 'failed', 'cancelled') and status in ('pending', 'running')
    union all
    select 'job ' || job.id || ' is completed with the step ' || step_name || ' ' || status from job join job_step on job_id = job.id
      where job_state = 'completed' and status not in ('completed', 'skipped')
    union all
    select 'the kept count of jobs of type ' || job_type || ' is ' || coalesce(kept, 0) || ', there are ' || coalesce(there, 0)
      from (select coalesce(account_id, 0) as account, job_type, is_top, sum(jobs) as kept from job_count group by 1, 2, 3) a
      full join (select coalesce(account_id, 0) as account, job_type, parent_job_id is null as is_top, count(*) as there from job group by 1, 2, 3) b
        using (account, job_type, is_top)
      where coalesce(kept, 0) <> coalesce(there, 0)
    union all
    select 'job ' || job.id || ' is ' || job_state || ' and not in the queue' from job
      where job_state in ('pending', 'running') and not waiting
      and not exists (select from pgboss.job entry where entry.id = job.id and entry.state in ('created', 'retry', 'active'))
    limit 20
  `.execute(db)
  return result.rows.map((row) => row.problem)
}
