import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { createTestDatabase } from '#test/database.ts'
import { startDatabaseProxy } from '#test/database-proxy.ts'
import { isConnectionError } from './connection-error.ts'
import { openDatabase } from './database.ts'

const quick = { silenceMilliseconds: 200, responseMilliseconds: 200 }

test('statements end with a connection error when the server goes silent, and succeed again once it is back', async () => {
  await using other = await createTestDatabase()
  await using proxy = await startDatabaseProxy(other.url)
  const closed: number[] = []
  const database = openDatabase({
    url: proxy.url,
    maxConnections: 1,
    watch: { ...quick, onDead: (connections) => closed.push(connections) },
  })
  await sql`select 1`.execute(database.db)
  proxy.goSilent()
  await assert.rejects(sql`select 2`.execute(database.db), isConnectionError)
  assert.deepEqual(closed, [1])
  proxy.recover()
  assert.equal((await sql`select 3`.execute(database.db)).rows.length, 1)
  await database.close()
})

test('a statement inside a transaction ends too when the server goes silent', async () => {
  await using other = await createTestDatabase()
  await using proxy = await startDatabaseProxy(other.url)
  const database = openDatabase({ url: proxy.url, maxConnections: 1, watch: quick })
  const work = database.db.transaction().execute(async (trx) => {
    await sql`select 1`.execute(trx)
    proxy.goSilent()
    await sql`select 2`.execute(trx)
  })
  await assert.rejects(work, isConnectionError)
  await database.close()
})

test('a statement that the server works on may take many times the silence', async () => {
  await using other = await createTestDatabase()
  const database = openDatabase({ url: other.url, maxConnections: 2, watch: { silenceMilliseconds: 20 } })
  await database.db.connection().execute(async (holder) => {
    await sql`select pg_advisory_lock(7)`.execute(holder)
    const waiting = sql<{ done: number }>`select 1 as done from pg_advisory_xact_lock(7)`.execute(database.db)
    // Forty times the silence, measured by the server.
    await sql`select pg_sleep(0.8)`.execute(holder)
    await sql`select pg_advisory_unlock(7)`.execute(holder)
    assert.equal((await waiting).rows[0]?.done, 1)
  })
  await database.close()
})

test('one dead connection is closed although the server responds on new ones', async () => {
  await using other = await createTestDatabase()
  await using proxy = await startDatabaseProxy(other.url)
  const database = openDatabase({ url: proxy.url, maxConnections: 1, watch: quick })
  await sql`select 1`.execute(database.db)
  proxy.forgetConnections()
  await assert.rejects(sql`select 2`.execute(database.db), isConnectionError)
  assert.equal((await sql`select 3`.execute(database.db)).rows.length, 1)
  await database.close()
})
