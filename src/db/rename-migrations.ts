import { sql } from 'kysely'
import type { Db } from './database.ts'

/** The old name of each renamed migration and its present one. Existing databases have the old names on record. */
export const RENAMED_MIGRATIONS: ReadonlyMap<string, string> = new Map([
  ['0005-job-count', '0003-job-count'],
  ['0006-compiled-cells', '0004-compiled-cells'],
  ['0007-uploads', '0005-uploads'],
  ['0008-notify-cells', '0006-notify-cells'],
  ['0009-claim-token', '0007-claim-token'],
  ['0019-webhooks', '0017-webhooks'],
  ['0020-backup-holds', '0018-backup-holds'],
  ['0021-chart-standard', '0019-chart-standard'],
  ['0022-exports', '0020-exports'],
  ['0023-exchange-sets', '0022-exchange-sets'],
])

/**
 * Replaces old names in the table `schema_migration`, which must exist. It is one statement, so either all names change or none do, and
 * servers that start together can all run it.
 */
export async function renameMigrations(db: Db): Promise<void> {
  const former = [...RENAMED_MIGRATIONS.keys()]
  const current = [...RENAMED_MIGRATIONS.values()]
  await sql`
    update schema_migration
    set name = renamed.current
    from unnest(${former}::text[], ${current}::text[]) as renamed (former, current)
    where schema_migration.name = renamed.former`.execute(db)
}
