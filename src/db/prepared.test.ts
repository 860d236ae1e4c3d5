import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { type Database, openDatabase } from './database.ts'

let database: TestDatabase
before(async () => {
  database = await createTestDatabase()
})
after(() => database.close())

const doubled = (value: number) => sql<{ twice: number }>`/* prepared double */ select ${value}::int * 2 as twice`

/** A pool of one connection, so that all statements use the same session. */
function single(): Database {
  return openDatabase({ url: database.url, maxConnections: 1 })
}

async function prepared(db: Database['db']): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from pg_prepared_statements`.execute(db)
  return rows.map((row) => row.name)
}

test('only marked statements are prepared, once per connection', async () => {
  const { db, close } = single()
  assert.deepEqual((await doubled(3).execute(db)).rows, [{ twice: 6 }])
  assert.deepEqual((await doubled(4).execute(db)).rows, [{ twice: 8 }])
  await sql`select ${1}::int`.execute(db)
  assert.deepEqual(await prepared(db), ['double'])
  await close()
})

test('after the server has lost a prepared statement, marked statements are sent unprepared', async () => {
  const { db, close } = single()
  await doubled(3).execute(db)
  // A pooler does this when it moves a client to another server connection.
  await sql`deallocate all`.execute(db)
  assert.deepEqual((await doubled(5).execute(db)).rows, [{ twice: 10 }])
  assert.deepEqual((await doubled(6).execute(db)).rows, [{ twice: 12 }])
  assert.deepEqual(await prepared(db), [])
  await close()
})

test('after a column has become another type, marked statements are sent unprepared', async () => {
  const { db, close } = single()
  const read = () => sql<{ n: number }>`/* prepared retyped */ select n from retyped`.execute(db)
  await sql`create table retyped as select 1::int as n`.execute(db)
  await read()
  // A newer server on the same database does this while it migrates.
  await sql`alter table retyped alter column n type bigint`.execute(db)
  assert.deepEqual((await read()).rows, [{ n: 1 }])
  assert.deepEqual((await read()).rows, [{ n: 1 }])
  await sql`drop table retyped`.execute(db)
  await close()
})

test('a lost prepared statement inside a transaction is an error that may be retried', async () => {
  const { db, close } = single()
  await doubled(3).execute(db)
  const attempt = () =>
    db.transaction().execute(async (trx) => {
      await sql`deallocate all`.execute(trx)
      return (await doubled(7).execute(trx)).rows
    })
  await assert.rejects(attempt, { code: '26000' })
  assert.deepEqual(await attempt(), [{ twice: 14 }])
  await close()
})
