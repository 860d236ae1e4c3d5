import { type Kysely, sql } from 'kysely'

// Webhooks of accounts, and the messages to them. The transaction that ends a job also queues its messages, so that no crash loses one.

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table webhook (
    id bigint generated always as identity primary key,
    account_id bigint not null references account on delete cascade,
    url text not null,
    job_states text[] not null,
    job_types text[],
    is_active boolean not null default true,
    secret bytea not null,
    previous_secret bytea,
    previous_secret_until timestamptz(3),
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now()
  )`,
  `create index webhook_account on webhook (account_id)`,

  `create table webhook_delivery (
    id uuid primary key default gen_random_uuid(),
    webhook_id bigint not null references webhook on delete cascade,
    job_id uuid,
    event text not null,
    payload jsonb not null,
    state text not null default 'pending',
    attempts int not null default 0,
    next_attempt_at timestamptz(3) not null default now(),
    created_at timestamptz(3) not null default clock_timestamp(),
    ended_at timestamptz(3),
    status int,
    error text,
    milliseconds int
  )`,
  `create index webhook_delivery_due on webhook_delivery (webhook_id, next_attempt_at) where state = 'pending'`,
  `create index webhook_delivery_newest on webhook_delivery (webhook_id, created_at desc, id desc)`,

  // Without jobTypes a webhook hears only of jobs without a parent, because children come by the hundred.
  `create function queue_webhook_deliveries() returns trigger language plpgsql as $$
    begin
      insert into webhook_delivery (webhook_id, job_id, event, payload)
      select webhook.id, new.id, 'job.' || new.job_state, jsonb_build_object(
        'jobId', new.id, 'parentJobId', new.parent_job_id, 'jobType', new.job_type, 'jobState', new.job_state,
        'accountId', new.account_id, 'attempt', new.attempt, 'result', new.result, 'error', new.error,
        'createdAt', floor(extract(epoch from new.created_at) * 1000), 'startedAt', floor(extract(epoch from new.started_at) * 1000),
        'finishedAt', floor(extract(epoch from new.finished_at) * 1000))
      from webhook join account on account.id = webhook.account_id
      where webhook.is_active and account.deleted_at is null and (new.account_id is null or new.account_id = webhook.account_id)
        and new.job_state = any(webhook.job_states)
        and (new.job_type = any(webhook.job_types) or webhook.job_types is null and new.parent_job_id is null);
      return null;
    end $$`,
  `create trigger job_ended_webhooks after update of job_state on job for each row
    when (old.job_state in ('pending', 'running') and new.job_state in ('completed', 'failed', 'cancelled'))
    execute function queue_webhook_deliveries()`,
]
