import { type Kysely, sql } from 'kysely'

// A waiting parent keeps how its children's results make up its own: the last child to end may be run by any server.

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter table job add column waiting_totals jsonb`).execute(db)
}
