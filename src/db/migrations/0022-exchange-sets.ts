import { type Kysely, sql } from 'kysely'

// S-100 exchange sets: what their catalogue says about a file, with its signatures; their certificates; and the S-57 cell that shows the
// same chart as an S-101 cell.

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table upload add column certificates jsonb`.execute(db)
  await sql`alter table upload_file add column listing jsonb`.execute(db)
  await sql`alter table upload_cell add column twin text`.execute(db)
  await sql`alter table cell add column twin text`.execute(db)
}
