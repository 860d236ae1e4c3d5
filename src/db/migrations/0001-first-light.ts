import { type Kysely, sql } from 'kysely'

// Accounts, jobs and cells. Times have milliseconds because the API does. No column that changes with progress is indexed, so that those
// updates stay heap-only (HOT). States are text with a check, so that adding one stays a cheap migration.

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table setting (name text primary key, value jsonb not null)`,

  `create table account (
    id bigint generated always as identity primary key,
    name text not null,
    plan_instance text,
    metadata jsonb not null default '{}',
    created_at timestamptz(3) not null default now()
  )`,
  `create table app_user (
    id bigint generated always as identity primary key,
    account_id bigint not null references account on delete cascade,
    username text not null unique,
    password_hash text not null,
    is_admin boolean not null default false,
    is_account_owner boolean not null default false,
    created_at timestamptz(3) not null default now(),
    modified_at timestamptz(3) not null default now()
  )`,
  `create index app_user_account on app_user (account_id)`,
  `create table auth_session (
    token_hash bytea primary key,
    user_id bigint not null references app_user on delete cascade,
    created_at timestamptz(3) not null default now(),
    last_used_at timestamptz(3)
  )`,
  `create index auth_session_user on auth_session (user_id)`,
  `create table api_token (
    token_hash bytea primary key,
    token_encrypted bytea not null,
    name text not null,
    user_id bigint not null references app_user on delete cascade,
    account_id bigint not null references account on delete cascade,
    restrictions jsonb,
    created_at timestamptz(3) not null default now(),
    last_used_at timestamptz(3)
  )`,
  `create index api_token_account on api_token (account_id, created_at)`,

  `create table job (
    id uuid primary key,
    root_job_id uuid not null,
    parent_job_id uuid references job on delete cascade,
    job_type text not null,
    job_state text not null default 'pending' check (job_state in ('pending','running','completed','failed','cancelled')),
    account_id bigint,
    parameters jsonb not null default '{}',
    result jsonb,
    error jsonb,
    percent_complete smallint not null default 0 check (percent_complete between 0 and 100),
    priority int not null default 0,
    attempt int not null default 0,
    delivery int not null default -1,
    tries int not null default 0,
    cancel_requested_at timestamptz(3),
    cancel_reason text,
    waiting boolean not null default false,
    waiting_from smallint not null default 0,
    waiting_result jsonb,
    on_child_failure text check (on_child_failure in ('fail','report')),
    open_children int not null default 0,
    failed_children int not null default 0,
    child_weight real not null default 1 check (child_weight > 0),
    dedupe_key text,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    started_at timestamptz(3),
    finished_at timestamptz(3)
  ) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05)`,
  `create index job_newest on job (created_at desc, id desc)`,
  `create index job_account_newest on job (account_id, created_at desc, id desc)`,
  `create index job_active on job (created_at desc, id desc) where job_state in ('pending','running')`,
  `create unique index job_dedupe on job (dedupe_key) where job_state in ('pending','running')`,
  `create index job_tree on job (root_job_id)`,
  `create index job_parent on job (parent_job_id) where parent_job_id is not null`,
  `create index job_finished on job (finished_at) where finished_at is not null`,
  `create table job_step (
    id uuid primary key,
    job_id uuid not null references job on delete cascade,
    ordinal int not null,
    step_name text not null,
    status text not null check (status in ('pending','running','completed','failed','skipped','cancelled')),
    attempt int not null default 0,
    weight real not null default 1,
    started_at timestamptz(3),
    completed_at timestamptz(3),
    result jsonb,
    error jsonb,
    cursor jsonb,
    unique (job_id, step_name)
  )`,
  `create table job_log (
    job_id uuid not null references job on delete cascade,
    seq int not null,
    at timestamptz(3) not null,
    level smallint not null,
    attempt int not null,
    message text not null,
    primary key (job_id, seq)
  ) with (autovacuum_vacuum_scale_factor = 0.05)`,

  `create table cell (
    id uuid primary key,
    name text not null,
    account_id bigint references account on delete cascade,
    source text not null,
    edition int not null,
    update_number int not null,
    issue_date date,
    update_date date,
    producer int not null,
    usage_band smallint not null,
    compilation_scale int not null,
    title text,
    coverage jsonb not null,
    west double precision not null,
    south double precision not null,
    east double precision not null,
    north double precision not null,
    feature_count int not null,
    features_by_class jsonb not null,
    warnings jsonb not null,
    blob_key text not null,
    byte_size bigint not null,
    catalogue_edition int,
    catalogue_update int,
    catalogue_update_date date,
    catalogue_issue_date date,
    indexed_at timestamptz(3) not null default now()
  )`,
  // A public cell has no account; without the coalesce, nulls would count as different and a cell could exist twice.
  `create unique index cell_name on cell (name, coalesce(account_id, 0))`,
]
