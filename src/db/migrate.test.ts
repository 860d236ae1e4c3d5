import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { createEmptyDatabase } from '#test/database.ts'
import { type Db, openDatabase } from './database.ts'
import { migrate } from './migrate.ts'
import { RENAMED_MIGRATIONS } from './rename-migrations.ts'

test('an empty database gets every migration, a current one none', async () => {
  await using database = await createEmptyDatabase()
  const applied = await migrate(database.db)
  assert.deepEqual(applied[0], '0001-first-light')
  assert.deepEqual(await migrate(database.db), [])
  assert.equal((await database.db.selectFrom('job').selectAll().execute()).length, 0)
})

test('four servers that migrate at the same moment all succeed, and each migration runs once', async () => {
  await using database = await createEmptyDatabase()
  const servers = Array.from({ length: 4 }, () => openDatabase({ url: database.url, maxConnections: 2 }))
  try {
    const results = await Promise.all(servers.map((server) => migrate(server.db)))
    const all = results.flat()
    assert.ok(all.length > 0)
    assert.deepEqual(all.toSorted(), [...new Set(all)].toSorted())
  } finally {
    await Promise.all(servers.map((server) => server.close()))
  }
})

test('a schema made by a newer version is refused by name, and nothing is changed', async () => {
  await using database = await createEmptyDatabase()
  await migrate(database.db)
  // Every object has a "toString", but it is not a migration.
  for (const name of ['9999-from-the-future', 'toString']) {
    await sql`insert into schema_migration (name, timestamp) values (${name}, '2099-01-01')`.execute(database.db)
  }
  await assert.rejects(migrate(database.db), /made by a newer Chartroom \(it has 9999-from-the-future, toString, unknown here\)/)
})

test('migrations are numbered without gaps', async () => {
  await using database = await createEmptyDatabase()
  const numbers = (await migrate(database.db)).map((name) => Number(name.slice(0, 4)))
  assert.deepEqual(
    numbers,
    numbers.map((_, index) => index + 1),
  )
})

test('a database with the old names of all migrations upgrades, even when four servers start together', async () => {
  await using database = await createEmptyDatabase()
  const names = await migrate(database.db)
  await recordFormerNames(database.db)
  const servers = Array.from({ length: 4 }, () => openDatabase({ url: database.url, maxConnections: 2 }))
  try {
    assert.deepEqual((await Promise.all(servers.map((server) => migrate(server.db)))).flat(), [])
  } finally {
    await Promise.all(servers.map((server) => server.close()))
  }
  assert.deepEqual(await recordedNames(database.db), names)
})

test('a database migrated halfway under the old names gets only the missing migrations', async () => {
  await using database = await createEmptyDatabase()
  const names = await migrate(database.db)
  await sql`alter table job drop column claim_token, drop column claimed_by, drop column memory_losses, drop column started_by`.execute(
    database.db,
  )
  await sql`alter table job_count drop column job_type, drop column is_top`.execute(database.db)
  await sql`drop index job_top_newest, job_top_account_newest, job_unsuccessful`.execute(database.db)
  await sql`alter table cell drop column up_to_date, drop column overlay, drop column outline`.execute(database.db)
  await sql`alter table upload_cell drop column up_to_date`.execute(database.db)
  await sql`drop function notify_tokens cascade`.execute(database.db)
  await sql`alter table account drop column deleted_at, drop column delete_job_id`.execute(database.db)
  await sql`alter table app_user drop column deleted_at, drop column delete_job_id`.execute(database.db)
  await sql`alter table auth_session drop column user_agent`.execute(database.db)
  await sql`drop index api_token_user, upload_user`.execute(database.db)
  await sql`drop table style, user_report_vote, user_report, bathymetry_piece, bathymetry_track`.execute(database.db)
  await sql`drop function uncount_votes`.execute(database.db)
  await sql`drop table failed_public_cell, backup_hold, backup_run, export_download, export, server_process, transaction_mark`.execute(
    database.db,
  )
  await sql`drop table webhook_delivery, webhook`.execute(database.db)
  await sql`drop function queue_webhook_deliveries cascade`.execute(database.db)
  await sql`alter table cell drop column standard, drop column twin`.execute(database.db)
  await sql`alter table upload_file drop column listing`.execute(database.db)
  await sql`alter table upload_cell drop column standard, drop column twin`.execute(database.db)
  await sql`alter table upload drop column certificates`.execute(database.db)
  await sql`delete from schema_migration where name >= '0007'`.execute(database.db)
  await recordFormerNames(database.db)
  assert.deepEqual(await migrate(database.db), [
    '0007-claim-token',
    '0008-last-good-update',
    '0009-cell-outline',
    '0010-memory-losses',
    '0011-styles',
    '0012-job-origin',
    '0013-administration',
    '0014-user-reports',
    '0015-bathymetry',
    '0016-failed-public-cells',
    '0017-webhooks',
    '0018-backup-holds',
    '0019-chart-standard',
    '0020-exports',
    '0021-server-process',
    '0022-exchange-sets',
    '0023-transaction-marks',
  ])
  assert.deepEqual(await recordedNames(database.db), names)
})

test('a database of a checkout from before the numbers changed gets the migrations that came between', async () => {
  await using database = await createEmptyDatabase()
  const names = await migrate(database.db)
  const later = ['0021-server-process', '0023-transaction-marks']
  await sql`drop table server_process, transaction_mark`.execute(database.db)
  await sql`delete from schema_migration where name in (${sql.join(later)})`.execute(database.db)
  await recordFormerNames(database.db)
  assert.ok((await recordedNames(database.db)).includes('0023-exchange-sets'))
  assert.deepEqual(await migrate(database.db), later)
  assert.deepEqual(await recordedNames(database.db), names)
})

test('the last migration of a schema may have its old name, as old backups have it', async () => {
  await using database = await createEmptyDatabase()
  assert.equal((await migrate(database.db, '0020-backup-holds')).at(-1), '0018-backup-holds')
})

test('a refused newer schema keeps the old names of its migrations', async () => {
  await using database = await createEmptyDatabase()
  await migrate(database.db)
  await recordFormerNames(database.db)
  await sql`insert into schema_migration (name, timestamp) values ('9999-from-the-future', '2099-01-01')`.execute(database.db)
  const before = await recordedNames(database.db)
  await assert.rejects(migrate(database.db), /newer Chartroom \(it has 9999-from-the-future, unknown here\)/)
  assert.deepEqual(await recordedNames(database.db), before)
  assert.ok(before.includes('0005-job-count'))
})

async function recordFormerNames(db: Db): Promise<void> {
  for (const [former, current] of RENAMED_MIGRATIONS) {
    await sql`update schema_migration set name = ${former} where name = ${current}`.execute(db)
  }
}

async function recordedNames(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from schema_migration order by name`.execute(db)
  return rows.map((row) => row.name)
}
