import { type Kysely, sql } from 'kysely'

// The storage key and format version of each compiled cell (docs/compiled-cell.md). Null when there is none yet, or when it was
// damaged; a job compiles those cells again.

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table cell add column compiled_key text, add column compiled_version int`,
  // Finds whether a cell still names a file.
  `create index cell_compiled on cell (compiled_key)`,
  // Compiled files that no cell names any more, and since when. They stay for a while, for readers that have just read their keys.
  `create table unused_compiled (key text primary key, since timestamptz(3) not null default now())`,
]
