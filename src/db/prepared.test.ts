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

/** A pool of one connection, so that every statement meets the same session. */
function single(): Database {
  return openDatabase({ url: database.url, maxConnections: 1 })
}

async function prepared(db: Database['db']): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from pg_prepared_statements`.execute(db)
  return rows.map((row) => row.name)
}

test('a marked statement is prepared once a connection; others are not', async () => {
  const { db, close } = single()
  assert.deepEqual((await doubled(3).execute(db)).rows, [{ twice: 6 }])
  assert.deepEqual((await doubled(4).execute(db)).rows, [{ twice: 8 }])
  await sql`select ${1}::int`.execute(db)
  assert.deepEqual(await prepared(db), ['double'])
  await close()
})

test('a server that has forgotten it gets it as any other statement, from then on', async () => {
  const { db, close } = single()
  await doubled(3).execute(db)
  // What a pooler does that hands the session on to another server.
  await sql`deallocate all`.execute(db)
  assert.deepEqual((await doubled(5).execute(db)).rows, [{ twice: 10 }])
  assert.deepEqual((await doubled(6).execute(db)).rows, [{ twice: 12 }])
  assert.deepEqual(await prepared(db), [])
  await close()
})

test('inside a transaction that is an error which passes', async () => {
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
