import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import pg from 'pg'
import { silentLog } from '#lib/log.ts'
import { createEmptyDatabase, type TestDatabase } from '#test/database.ts'
import { NO_PGBOUNCER, startPgBouncer } from '#test/pgbouncer.ts'
import { checkServer } from './check-server.ts'
import { changesSessions, receivesNotifications } from './probe-session.ts'

test('a direct connection keeps its session and receives its notifications', async () => {
  await using database = await createEmptyDatabase()
  const client = await connect(database)
  try {
    assert.equal(await changesSessions(client, () => connect(database)), false)
    assert.equal(await receivesNotifications(client), true)
  } finally {
    await client.end()
  }
})

describe('behind PgBouncer', { skip: NO_PGBOUNCER }, () => {
  test('in transaction mode the start is refused with instructions and without the password', async () => {
    await using database = await createEmptyDatabase()
    await using pooler = await startPgBouncer(database.url, 'transaction')
    await assert.rejects(checkServer(pooler.url, { log: silentLog() }), (error: Error) => {
      assert.match(error.message, /of DATABASE_URL is behind a connection pooler in transaction mode/)
      assert.match(error.message, /Set DATABASE_URL to the address of PostgreSQL itself, or set pool_mode = session/)
      const { password } = new pg.Client({ connectionString: pooler.url })
      assert.ok(!password || !error.message.includes(password))
      return true
    })
  })

  test('in transaction mode other clients at work do not hide the pooler', async () => {
    await using database = await createEmptyDatabase()
    await using pooler = await startPgBouncer(database.url, 'transaction')
    const others = await Promise.all([connect(pooler), connect(pooler)])
    try {
      await Promise.all(others.map((other) => other.query('begin')))
      await others[0].query('commit')
      await assert.rejects(checkServer(pooler.url, { log: silentLog() }), /behind a connection pooler in transaction mode/)
    } finally {
      await Promise.all(others.map((other) => other.end()))
    }
  })

  test('in session mode the start is accepted', async () => {
    await using database = await createEmptyDatabase()
    await using pooler = await startPgBouncer(database.url, 'session')
    assert.ok((await checkServer(pooler.url, { log: silentLog() })).versionNumber >= 130_000)
  })
})

async function connect({ url }: Pick<TestDatabase, 'url'>): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}
