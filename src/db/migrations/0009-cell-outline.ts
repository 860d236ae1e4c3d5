import { type Kysely, sql } from 'kysely'

// outline: the coverage as integers (src/charts/cells/packed-coverage.ts), so that a start reads thousands of cells without parsing
// JSON. Null in rows of earlier versions until their cell is indexed or compiled again.

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table cell add column outline bytea`.execute(db)
  // Integers hardly compress, and unpacking them would cost more than reading them.
  await sql`alter table cell alter column outline set storage external`.execute(db)
}
