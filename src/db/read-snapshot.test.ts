import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { createTestDatabase } from '#test/database.ts'
import { lockIsAwaited } from '#test/jobs.ts'
import { type Db, openDatabase } from './database.ts'
import { readSnapshot } from './read-snapshot.ts'

const database = await createTestDatabase()
after(() => database.close())
const { db } = database

/** Locks the table of settings so that its readers wait. */
async function withLockedSettings(work: () => Promise<void>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`lock table setting in access exclusive mode`.execute(trx)
    await work()
  })
}
const readSettings = async (trx: Db) => await sql`select * from setting`.execute(trx)
const running = async () =>
  (
    await sql`select 1 from pg_stat_activity where datname = current_database() and query like 'select * from setting%' and state = 'active'`.execute(
      db,
    )
  ).rows.length

test('all statements of a snapshot see the same rows', async () => {
  const counts = await readSnapshot(db, { statementMilliseconds: 5_000 }, async (trx) => {
    const count = async () => (await readSettings(trx)).rows.length
    const before = await count()
    await sql`insert into setting (name, value) values ('made meanwhile', '1')`.execute(db)
    return [before, await count()]
  })
  assert.equal(counts[0], counts[1])
})

test('an aborted signal cancels the statement in the database and rejects with its reason', async () => {
  const reason = new Error('the client has gone')
  const controller = new AbortController()
  await withLockedSettings(async () => {
    const read = readSnapshot(db, { statementMilliseconds: 60_000, signal: controller.signal }, readSettings)
    await lockIsAwaited(database)
    controller.abort(reason)
    await assert.rejects(read, (error) => error === reason)
    assert.equal(await running(), 0)
  })
  await assert.rejects(
    readSnapshot(db, { statementMilliseconds: 60_000, signal: controller.signal }, async () => assert.fail('it has gone')),
    (error) => error === reason,
  )
})

test('an abort after the last statement leaves the connection usable', async () => {
  for (let n = 0; n < 100; n++) {
    const controller = new AbortController()
    const read = readSnapshot(db, { statementMilliseconds: 5_000, signal: controller.signal }, async (trx) => {
      const rows = await readSettings(trx)
      controller.abort(new Error('late'))
      return rows
    }).catch((error: Error) => assert.equal(error.message, 'late'))
    // That cancel must not reach the next user of the connection.
    await Promise.all([read, ...Array.from({ length: 4 }, () => sql`select count(*) from pg_class`.execute(db))])
  }
})

test('a statement that takes too long throws QUERY_TIMEOUT', async () => {
  await withLockedSettings(async () => {
    const read = readSnapshot(db, { statementMilliseconds: 20 }, readSettings)
    await assert.rejects(read, { code: 'QUERY_TIMEOUT', status: 503 })
  })
  // The limit ends with the transaction.
  const setting = await sql<{ statement_timeout: string }>`show statement_timeout`.execute(db)
  assert.equal(setting.rows[0]?.statement_timeout, '0')
})

test('a read whose prepared statement is lost runs again', async () => {
  const { db, close } = openDatabase({ url: database.url, maxConnections: 1 })
  const doubled = (trx: Db) => sql<{ twice: number }>`/* prepared double-read */ select ${4}::int * 2 as twice`.execute(trx)
  let runs = 0
  try {
    await readSnapshot(db, { statementMilliseconds: 5_000 }, doubled)
    const result = await readSnapshot(db, { statementMilliseconds: 5_000 }, async (trx) => {
      // A pooler does this when it moves a client to another server connection.
      if (++runs === 1) await sql`deallocate all`.execute(trx)
      return await doubled(trx)
    })
    assert.deepEqual([runs, result.rows], [2, [{ twice: 8 }]])
  } finally {
    await close()
  }
})

test('a read leaves no transaction open, whether it succeeds or fails', async () => {
  const { db, close } = openDatabase({ url: database.url, maxConnections: 1 })
  const fail = async (trx: Db) => await sql`select 1 / 0`.execute(trx)
  try {
    await readSnapshot(db, { statementMilliseconds: 5_000 }, readSettings)
    await assert.rejects(readSnapshot(db, { statementMilliseconds: 5_000 }, fail), { code: '22012' })
    // In an open transaction both times would be those of its beginning.
    const times = async () => (await sql<{ now: string }>`select now()::text as now`.execute(db)).rows[0]?.now
    assert.notEqual(await times(), await times())
  } finally {
    await close()
  }
})
