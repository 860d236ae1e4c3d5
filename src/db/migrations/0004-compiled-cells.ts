import { type Kysely, sql } from 'kysely'

// The compiled form of each cell (docs/compiled-cell.md): where it lies and which format it has. Null where there is none yet,
// or where the one there was is no good; a job compiles those again.

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table cell add column compiled_key text, add column compiled_version int`,
  // For asking whether a file is still named by a cell.
  `create index cell_compiled on cell (compiled_key)`,
  // Compiled files that no cell names any more, and since when: they stay for a while, for whoever has just been told of them.
  `create table unused_compiled (key text primary key, since timestamptz(3) not null default now())`,
]
