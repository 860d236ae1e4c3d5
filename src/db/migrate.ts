import { sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type { Db } from './database.ts'
import * as firstLight from './migrations/0001-first-light.ts'
import * as fanOutTotals from './migrations/0002-fan-out-totals.ts'
import * as jobCount from './migrations/0003-job-count.ts'
import * as compiledCells from './migrations/0004-compiled-cells.ts'
import * as uploads from './migrations/0005-uploads.ts'
import * as notifyCells from './migrations/0006-notify-cells.ts'
import * as claimToken from './migrations/0007-claim-token.ts'
import * as lastGoodUpdate from './migrations/0008-last-good-update.ts'
import * as cellOutline from './migrations/0009-cell-outline.ts'
import * as memoryLosses from './migrations/0010-memory-losses.ts'
import * as styles from './migrations/0011-styles.ts'
import * as jobOrigin from './migrations/0012-job-origin.ts'
import * as administration from './migrations/0013-administration.ts'
import * as userReports from './migrations/0014-user-reports.ts'
import * as bathymetry from './migrations/0015-bathymetry.ts'
import * as failedPublicCells from './migrations/0016-failed-public-cells.ts'
import * as webhooks from './migrations/0017-webhooks.ts'
import * as backupHolds from './migrations/0018-backup-holds.ts'
import * as chartStandard from './migrations/0019-chart-standard.ts'
import * as exports from './migrations/0020-exports.ts'
import * as serverProcess from './migrations/0021-server-process.ts'
import * as exchangeSets from './migrations/0022-exchange-sets.ts'
import * as transactionMarks from './migrations/0023-transaction-marks.ts'
import { RENAMED_MIGRATIONS, renameMigrations } from './rename-migrations.ts'

// In order. A released migration is never removed; a new name for one needs an entry in rename-migrations.ts.
const MIGRATIONS: Record<string, Migration> = {
  '0001-first-light': firstLight,
  '0002-fan-out-totals': fanOutTotals,
  '0003-job-count': jobCount,
  '0004-compiled-cells': compiledCells,
  '0005-uploads': uploads,
  '0006-notify-cells': notifyCells,
  '0007-claim-token': claimToken,
  '0008-last-good-update': lastGoodUpdate,
  '0009-cell-outline': cellOutline,
  '0010-memory-losses': memoryLosses,
  '0011-styles': styles,
  '0012-job-origin': jobOrigin,
  '0013-administration': administration,
  '0014-user-reports': userReports,
  '0015-bathymetry': bathymetry,
  '0016-failed-public-cells': failedPublicCells,
  '0017-webhooks': webhooks,
  '0018-backup-holds': backupHolds,
  '0019-chart-standard': chartStandard,
  '0020-exports': exports,
  '0021-server-process': serverProcess,
  '0022-exchange-sets': exchangeSets,
  '0023-transaction-marks': transactionMarks,
}

/**
 * Brings the schema up to date. Servers that start together take turns, because Kysely's migrator holds an advisory lock. A schema
 * made by a newer Chartroom is refused, because this version does not know what it means.
 *
 * @param last the migration to stop at, under its present or a former name, for a restore; by default all are applied.
 * @returns the names of the migrations that this call applied.
 * @throws Error when the schema is newer, or when a migration fails (each call is one transaction, so a failure leaves no trace).
 */
export async function migrate(db: Db, last?: string): Promise<string[]> {
  if (await findKnownSchema(db)) await renameMigrations(db)
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => MIGRATIONS },
    migrationTableName: 'schema_migration',
    // Branches were renumbered when they met: a database may have a later migration before an earlier one of another branch.
    allowUnorderedMigrations: true,
  })
  const { error, results } = await (last === undefined
    ? migrator.migrateToLatest()
    : migrator.migrateTo(RENAMED_MIGRATIONS.get(last) ?? last))
  if (error !== undefined) {
    // A newer server may have migrated between the check and the lock.
    await findKnownSchema(db)
    throw error
  }
  return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName)
}

/** How the schema of a database compares with this version. */
export interface SchemaState {
  /** Migrations that a start would apply, in order. */
  pending: string[]
  /** Migrations of a newer version, which this one would refuse. */
  unknown: string[]
}

/** Compares the schema with this version and changes nothing. */
export async function readSchemaState(db: Db): Promise<SchemaState> {
  const applied = (await appliedMigrations(db)) ?? []
  const names = new Set(applied.map((name) => RENAMED_MIGRATIONS.get(name) ?? name))
  return {
    pending: Object.keys(MIGRATIONS).filter((name) => !names.has(name)),
    unknown: unknownMigrations(applied),
  }
}

function isKnown(name: string): boolean {
  return Object.hasOwn(MIGRATIONS, name) || RENAMED_MIGRATIONS.has(name)
}

/** The migrations that the database records; null when it has no such table. */
async function appliedMigrations(db: Db): Promise<string[] | null> {
  const exists = await sql<{ found: string | null }>`select to_regclass('schema_migration')::text as found`.execute(db)
  if (exists.rows[0]?.found == null) return null
  const applied = await sql<{ name: string }>`select name from schema_migration order by name`.execute(db)
  return applied.rows.map(({ name }) => name)
}

/** The migrations that a database lacks. @throws Error when it has one of a newer version. */
export async function pendingMigrations(db: Db): Promise<string[]> {
  await findKnownSchema(db)
  return (await readSchemaState(db)).pending
}

/** Those of the given migrations that this version does not know, under their present or an earlier name. */
export function unknownMigrations(names: readonly string[]): string[] {
  return names.filter((name) => !isKnown(name))
}

/** Whether the database has a migration table. Throws when the table names a migration that this version does not know. */
async function findKnownSchema(db: Db): Promise<boolean> {
  const applied = await appliedMigrations(db)
  if (applied === null) return false
  const unknown = unknownMigrations(applied)
  if (unknown.length > 0) {
    throw new Error(
      `the database was made by a newer Chartroom (it has ${unknown.join(', ')}, unknown here): start that version, or restore a backup`,
    )
  }
  return true
}
