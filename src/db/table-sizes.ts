import { sql } from 'kysely'
import type { Db } from './database.ts'

export interface TableSize {
  name: string
  /** With indexes and out-of-line values. */
  bytes: number
}

/** Chartroom's own tables (those of the current schema; the queue has its own) with their sizes, by name. */
export async function tableSizes(db: Db): Promise<TableSize[]> {
  const result = await sql<TableSize>`
    select c.relname as name, pg_total_relation_size(c.oid) as bytes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname = current_schema()
    order by c.relname
  `.execute(db)
  return result.rows
}
