import { type Kysely, sql } from 'kysely'

// The processes that work on this database; each renews its heartbeat (src/compose/instance/presence.ts).

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table server_process (
      id uuid primary key,
      name text not null,
      host text not null,
      role text not null,
      version text not null,
      threads integer not null,
      busy_threads integer not null,
      memory_bytes bigint not null,
      started_at timestamptz(3) not null default now(),
      seen_at timestamptz(3) not null default now()
    )
  `.execute(db)
}
