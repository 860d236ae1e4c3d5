import type pg from 'pg'

/** A table of the schema as a copy names it. */
export interface CopiedTable {
  name: string
  /** Without generated columns. */
  columns: string[]
  /** The identity column and the last number that it gave; null for none. */
  identity: { column: string; last: string } | null
}

/** Tables that describe this very database, a backup under way or the processes at work. */
const LEFT_OUT = [
  ...['schema_migration', 'schema_migration_lock', 'kysely_migration_lock'],
  ...['backup_run', 'backup_hold', 'server_process', 'transaction_mark'],
]

/** The tables to copy, each after those that its foreign keys name. */
export async function listTables(client: pg.Client): Promise<CopiedTable[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; identity: string | null; needs: string[] }>(
    `select c.relname as name,
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      (select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attidentity <> '' limit 1) as identity,
      array(select distinct f.relname::text from pg_constraint k join pg_class f on f.oid = k.confrelid
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as needs
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname = current_schema() and c.relname <> all ($1)
    order by c.relname`,
    [LEFT_OUT],
  )
  const waiting = new Map(rows.map((row) => [row.name, row]))
  const tables: CopiedTable[] = []
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter(({ needs }) => !needs.some((name) => waiting.has(name)))
    if (ready.length === 0) throw new Error(`the tables ${[...waiting.keys()].join(', ')} name each other in a circle`)
    for (const { name, columns, identity } of ready) {
      waiting.delete(name)
      const last = identity === null ? null : await lastNumber(client, name, identity)
      tables.push({ name, columns, identity: identity === null || last === null ? null : { column: identity, last } })
    }
  }
  return tables
}

/** The last number that an identity column gave; null when it has given none. */
async function lastNumber(client: pg.Client, table: string, column: string): Promise<string | null> {
  const named = await client.query<{ sequence: string }>('select pg_get_serial_sequence($1, $2) as sequence', [table, column])
  const sequence = named.rows[0]?.sequence
  if (sequence === undefined) return null
  const { rows } = await client.query<{ last: string | null }>(
    `select case when is_called then last_value::text end as last from ${sequence}`,
  )
  return rows[0]?.last ?? null
}

/** A name as SQL writes it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
