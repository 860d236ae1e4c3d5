import { type Kysely, sql } from 'kysely'

// S-100 exchange sets: what their catalogue says of a file, with its signatures; their certificates; and the S-57 cell that is the same
// chart as one of S-101.

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table upload add column certificates jsonb`.execute(db)
  await sql`alter table upload_file add column listing jsonb`.execute(db)
  await sql`alter table upload_cell add column twin text`.execute(db)
  await sql`alter table cell add column twin text`.execute(db)
}
