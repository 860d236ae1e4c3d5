import { type Kysely, sql } from 'kysely'

// Notifies the tile servers of each change in the table of cells (src/tiles/view/charts.ts). PostgreSQL merges equal notifications of a
// transaction and sends one when it commits.

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
