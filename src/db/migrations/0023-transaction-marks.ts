import { type Kysely, sql } from 'kysely'

// Marks by which a process recognises its own commit after a broken connection (src/db/transaction-mark.ts). The fill factor leaves room on
// each page to rewrite a row in place.

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table transaction_mark (
      id uuid primary key,
      token uuid not null,
      written_at timestamptz(3) not null default now()
    ) with (fillfactor = 50)
  `.execute(db)
}
