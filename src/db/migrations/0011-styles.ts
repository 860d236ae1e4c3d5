import { type Kysely, sql } from 'kysely'

// Custom chart styles of an account.

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table style (
    id bigint generated always as identity primary key,
    account_id bigint not null references account on delete cascade,
    user_id bigint references app_user on delete set null,
    user_email text not null,
    name text not null,
    parameters jsonb not null,
    provisioned_digest text,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now()
  )`,
  `create index style_newest on style (account_id, created_at desc, id desc)`,
  `create index style_name on style (account_id, name)`,
]
