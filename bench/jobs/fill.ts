import pg from 'pg'

/** The number of accounts that own jobs; every tenth job has none. */
const ACCOUNTS = 50
const ACTIVE = 20
const LOG_LINES = 20

/**
 * Fills an empty database like years of use: a job every five minutes, nearly all ended, the newest twenty active. Only measured pages
 * get steps and log lines, or filling would take longer than measuring.
 */
export async function fill(url: string, jobs: number): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const run = (text: string) => client.query(text)
  // Building indexes afterwards is faster, and a million foreign keys need no checks.
  const { rows } = await run(`select indexname, indexdef from pg_indexes where tablename = 'job' and indexname <> 'job_pkey'`)
  for (const { indexname } of rows as { indexname: string }[]) await run(`drop index ${indexname}`)
  await run(`set session_replication_role = replica`)
  await run(`
    insert into job (id, root_job_id, job_type, job_state, account_id, parameters, result, percent_complete, attempt, tries,
      created_at, updated_at, started_at, finished_at)
    select id, id, 'refresh-public-charts', state, case when n % 10 = 0 then null else n % ${ACCOUNTS} + 1 end, '{"source":"bench"}',
      case when state in ('completed', 'failed') then '{"indexed":12,"failed":0}'::jsonb end,
      case when state = 'completed' then 100 else 40 end, 1, 1, at, at + interval '1 minute', at,
      case when state in ('completed', 'failed', 'cancelled') then at + interval '1 minute' end
    from (
      select n, ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id, now() - n * interval '5 minutes' as at,
        case when n < ${ACTIVE / 2} then 'pending' when n < ${ACTIVE} then 'running' when n % 20 = 0 then 'failed'
          when n % 33 = 0 then 'cancelled' else 'completed' end as state
      from generate_series(0, ${jobs - 1}) as numbers (n)
    ) made`)
  await run(`insert into job_count (account_id, job_type, is_top, jobs)
    select account_id, job_type, parent_job_id is null, count(*) from job group by 1, 2, 3`)
  await run(`set session_replication_role = origin`)
  for (const { indexdef } of rows as { indexdef: string }[]) await run(indexdef)
  const looked = `(select id, created_at from job where id < '01900000-0000-7000-8000-000000000800'
    or id between ('01900000-0000-7000-8000-' || lpad(to_hex(99900), 12, '0'))::uuid and ('01900000-0000-7000-8000-' || lpad(to_hex(100500), 12, '0'))::uuid)`
  await run(`
    insert into job_step (id, job_id, ordinal, step_name, status, attempt, started_at, completed_at, result)
    select gen_random_uuid(), id, step, 'step_' || step, 'completed', 1, created_at, created_at, '{"cells":12}'
    from ${looked} page, generate_series(1, 2) as steps (step)`)
  await run(`
    insert into job_log (job_id, seq, at, level, attempt, message)
    select id, seq, created_at, 0, 1, 'Cell US5XX' || seq || 'M is read: 1,204 features' from ${looked} page, generate_series(1, ${LOG_LINES}) as lines (seq)`)
  await run(`vacuum analyze job`)
  await run(`vacuum analyze job_step`)
  await run(`vacuum analyze job_log`)
  await client.end()
}
