import { type Kysely, sql } from 'kysely'

// A claim is one statement that may be sent twice, when its commit was not confirmed: by its token a run knows its own claim.

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table job add column claim_token uuid`.execute(db)
}
