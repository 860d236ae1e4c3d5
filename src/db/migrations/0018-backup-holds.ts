import { type Kysely, sql } from 'kysely'

// backup_run: a backup that is being made; it renews its heartbeat. backup_hold: the blobs that its snapshot names, which stay until it has
// ended (src/backup/blob-holds.ts).

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table backup_run (id uuid primary key, held_until timestamptz(3) not null)`.execute(db)
  await sql`
    create table backup_hold (
      key text not null,
      backup_id uuid not null references backup_run (id) on delete cascade,
      primary key (key, backup_id)
    )
  `.execute(db)
  await sql`create index backup_hold_backup on backup_hold (backup_id)`.execute(db)
}
