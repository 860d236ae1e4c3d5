import { type Kysely, sql } from 'kysely'

// Offline packs, and the one-time addresses for their download.

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table export (
    id uuid primary key,
    account_id bigint not null references account on delete cascade,
    user_id bigint references app_user on delete set null,
    creator text not null,
    job_id uuid not null,
    spec json not null,
    most_tiles bigint not null,
    tiles bigint,
    file_size bigint,
    created_at timestamptz(3) not null default now(),
    finished_at timestamptz(3),
    expires_at timestamptz(3)
  )`,
  `create index export_account on export (account_id, created_at desc, id desc)`,
  `create index export_due on export (expires_at) where expires_at is not null`,
  `create table export_download (
    ticket_hash bytea primary key,
    export_id uuid not null references export on delete cascade,
    created_at timestamptz(3) not null default now(),
    begun_at timestamptz(3)
  )`,
  `create index export_download_export on export_download (export_id)`,
]
