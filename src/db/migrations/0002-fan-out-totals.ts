import { type Kysely, sql } from 'kysely'

// A waiting parent stores how its children's results make up its own, because any server may run the last child.

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter table job add column waiting_totals jsonb`).execute(db)
}
