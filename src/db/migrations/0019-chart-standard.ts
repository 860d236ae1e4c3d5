import { type Kysely, sql } from 'kysely'

// The standard of a cell's files: s57 or s101. Reports have none until the cell has been read.

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table cell add column standard text not null default 's57' check (standard in ('s57', 's101'))`.execute(db)
  await sql`alter table upload_cell add column standard text check (standard in ('s57', 's101'))`.execute(db)
}
