import { type Kysely, sql } from 'kysely'

// up_to_date: whether a cell is shown with all updates that came with it; false when one of them is missing or cannot be applied.
// overlay: whether it has no coverage area of its own, so that its objects are drawn over the charts beneath.

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table cell add column up_to_date boolean not null default true`.execute(db)
  await sql`alter table cell add column overlay boolean not null default false`.execute(db)
  await sql`alter table upload_cell add column up_to_date boolean`.execute(db)
  // Cells that cover the box around their features are read again: uploads at the next start, public cells by the next refresh.
  await sql`
    update cell set compiled_version = null, catalogue_edition = null, catalogue_update = null
    where warnings::text like '%the bounding box of its features is used instead%'
  `.execute(db)
}
