import { type Kysely, sql } from 'kysely'

// Whoever draws charts is told of each change of the list of cells (src/tiles/view/charts.ts). One notification a statement:
// PostgreSQL folds those of a transaction that say the same into one, and sends it when the transaction commits.

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create function notify_cells() returns trigger language plpgsql as $$
  begin
    perform pg_notify('chartroom_cells', '');
    return null;
  end $$`,
  `create trigger cell_changed after insert or update or delete or truncate on cell for each statement execute function notify_cells()`,
]
