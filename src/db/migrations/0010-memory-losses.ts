import { type Kysely, sql } from 'kysely'

// claimed_by: the process of the last claim. memory_losses: how often a process that ran the job ended because memory was short.

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table job add column claimed_by uuid, add column memory_losses integer not null default 0`.execute(db)
}
