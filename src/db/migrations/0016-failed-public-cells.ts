import { type Kysely, sql } from 'kysely'

// failed_public_cell: the last try of a public cell that failed, with the reason; deleted when the cell is indexed or withdrawn.

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table failed_public_cell (
      name text primary key,
      source text not null,
      edition integer not null,
      update_number integer not null,
      reason text not null,
      failed_at timestamptz(3) not null default now()
    )
  `.execute(db)
}
