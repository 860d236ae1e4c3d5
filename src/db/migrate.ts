import { sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type { Db } from './database.ts'
import * as firstLight from './migrations/0001-first-light.ts'
import * as fanOutTotals from './migrations/0002-fan-out-totals.ts'
import * as jobCount from './migrations/0005-job-count.ts'
import * as compiledCells from './migrations/0006-compiled-cells.ts'
import * as uploads from './migrations/0007-uploads.ts'
import * as notifyCells from './migrations/0008-notify-cells.ts'
import * as claimToken from './migrations/0009-claim-token.ts'

// In order; a name, once released, never changes and is never removed.
const MIGRATIONS: Record<string, Migration> = {
  '0001-first-light': firstLight,
  '0002-fan-out-totals': fanOutTotals,
  '0005-job-count': jobCount,
  '0006-compiled-cells': compiledCells,
  '0007-uploads': uploads,
  '0008-notify-cells': notifyCells,
  '0009-claim-token': claimToken,
}

/**
 * Brings the schema up to date. Two servers that start at once take turns (Kysely's migrator holds an advisory lock); a
 * schema made by a newer Chartroom is refused, because this version cannot know what it means.
 *
 * @returns the names of the migrations that were applied now.
 * @throws Error when the schema is newer, or when a migration fails (nothing of it stays: each run is one transaction).
 */
export async function migrate(db: Db): Promise<string[]> {
  await refuseNewerSchema(db)
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => MIGRATIONS },
    migrationTableName: 'schema_migration',
  })
  const { error, results } = await migrator.migrateToLatest()
  if (error !== undefined) {
    // Another, newer server may have migrated between the check and the lock.
    await refuseNewerSchema(db)
    throw error
  }
  return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName)
}

async function refuseNewerSchema(db: Db): Promise<void> {
  const exists = await sql<{ found: string | null }>`select to_regclass('schema_migration')::text as found`.execute(db)
  if (exists.rows[0]?.found == null) return
  const applied = await sql<{ name: string }>`select name from schema_migration order by name`.execute(db)
  const unknown = applied.rows.map((row) => row.name).filter((name) => !Object.hasOwn(MIGRATIONS, name))
  if (unknown.length > 0) {
    throw new Error(
      `the database was made by a newer Chartroom (it has ${unknown.join(', ')}, unknown here): start that version, or restore a backup`,
    )
  }
}
