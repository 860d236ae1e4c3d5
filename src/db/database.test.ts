import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { createTestDatabase } from '#test/database.ts'
import { isConnectionError } from './connection-error.ts'
import { openDatabase } from './database.ts'

test('a connection that breaks between two statements of a transaction fails the next statement, not the process', async () => {
  await using other = await createTestDatabase()
  const database = openDatabase({ url: other.url, maxConnections: 1 })
  const broken = database.db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx)
    const pid = rows[0]?.pid
    await sql`select pg_terminate_backend(${pid}, 10000)`.execute(other.db)
    // The end is already in the socket; a turn of the event loop reads it.
    await new Promise((resolve) => setImmediate(resolve))
    await sql`select 1`.execute(trx)
  })
  await assert.rejects(broken, isConnectionError)
  assert.equal((await sql`select 1`.execute(database.db)).rows.length, 1)
  await database.close()
})
