import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { createTestDatabase } from '#test/database.ts'
import { freePort } from '#test/free-port.ts'
import { type Db, openDatabase } from './database.ts'
import { isPassing } from './reach-database.ts'
import { whyUnavailable } from './why-unavailable.ts'

test('a write to a read-only database is unavailable for that reason, and may be tried again', async () => {
  await using database = await createTestDatabase()
  await sql.raw(`alter database ${await nameOf(database.db)} set default_transaction_read_only = on`).execute(database.db)
  const opened = openDatabase({ url: database.url, maxConnections: 1 })
  const error = await sql`insert into setting values ('a', '1')`.execute(opened.db).catch((thrown: unknown) => thrown)
  await opened.close()
  assert.match(whyUnavailable(error) ?? '', /read-only/)
  assert.equal(isPassing(error), true)
})

test('an unreachable database is unavailable', async () => {
  const opened = openDatabase({ url: `postgresql://nobody@127.0.0.1:${await freePort()}/none`, maxConnections: 1 })
  const error = await sql`select 1`.execute(opened.db).catch((thrown: unknown) => thrown)
  await opened.close()
  assert.match(whyUnavailable(error) ?? '', /lost its database/)
})

test('a mistake in a statement is not taken for an unavailable database', async () => {
  await using database = await createTestDatabase()
  const error = await sql`select nonsense`.execute(database.db).catch((thrown: unknown) => thrown)
  assert.equal(whyUnavailable(error), null)
  assert.equal(whyUnavailable(new Error('something else')), null)
})

async function nameOf(db: Db): Promise<string> {
  const { rows } = await sql<{ name: string }>`select quote_ident(current_database()) as name`.execute(db)
  return rows[0]?.name ?? ''
}
