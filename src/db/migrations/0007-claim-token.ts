import { type Kysely, sql } from 'kysely'

// A claim is one statement that is sent again when its commit was not confirmed; a run recognises its own claim by the token.

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table job add column claim_token uuid`.execute(db)
}
