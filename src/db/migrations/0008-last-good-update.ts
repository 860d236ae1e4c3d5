import { type Kysely, sql } from 'kysely'

// Whether a cell is shown with all updates that came with it; false when one of them is missing or cannot be applied.

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table cell add column up_to_date boolean not null default true`.execute(db)
  await sql`alter table upload_cell add column up_to_date boolean`.execute(db)
}
