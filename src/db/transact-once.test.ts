import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { type DatabaseProxy, startDatabaseProxy } from '#test/database-proxy.ts'
import { isConnectionError } from './connection-error.ts'
import { type Database, type Db, openDatabase } from './database.ts'
import { transactOnce } from './transact-once.ts'
import { deleteOldMarks } from './transaction-mark.ts'

// The connection breaks at the commit, before it reaches the server or behind it.

let database: TestDatabase
let proxy: DatabaseProxy
let through: Database
before(async () => {
  database = await createTestDatabase()
  proxy = await startDatabaseProxy(database.url)
  through = openDatabase({ url: proxy.url })
})
after(async () => {
  await through.close()
  await proxy[Symbol.asyncDispose]()
  await database.close()
})

async function write(trx: Db, name: string): Promise<string> {
  await sql`insert into setting (name, value) values (${name}, '1')`.execute(trx)
  return `wrote ${name}`
}

async function written(name: string): Promise<boolean> {
  const { rows } = await sql`select 1 from setting where name = ${name}`.execute(database.db)
  return rows.length > 0
}

test('when the response to a successful commit is lost, the value is returned and the work is not repeated', async () => {
  let works = 0
  const broken = proxy.breakAt('commit', 'after')
  const value = await transactOnce(through.db, (trx) => write(trx, `unconfirmed-${++works}`))
  await broken
  assert.deepEqual([value, works], ['wrote unconfirmed-1', 1])
  assert.ok(await written('unconfirmed-1'))
})

test('a lost response is resolved by the mark that the work has left itself', async () => {
  const broken = proxy.breakAt('commit', 'after')
  const value = await transactOnce(through.db, async (trx, mark) => {
    const { rows } = await mark.statement.execute(trx)
    mark.written(rows[0]?.transaction ?? '')
    return await write(trx, 'told')
  })
  await broken
  assert.equal(value, 'wrote told')
  assert.ok(await written('told'))
})

test('when the commit does not reach the server, the error is thrown and nothing is written', async () => {
  const broken = proxy.breakAt('commit', 'before')
  await assert.rejects(
    transactOnce(through.db, (trx) => write(trx, 'never')),
    isConnectionError,
  )
  await broken
  assert.equal(await written('never'), false)
})

test('when the connection breaks before the commit, the error is thrown and may be retried', async () => {
  const broken = proxy.breakAt('insert into setting', 'after')
  await assert.rejects(
    transactOnce(through.db, (trx) => write(trx, 'again')),
    isConnectionError,
  )
  await broken
  assert.equal(await transactOnce(through.db, (trx) => write(trx, 'again')), 'wrote again')
})

test('transactions that follow one another rewrite one mark, and those at once have one each', async () => {
  const marks = async () => (await sql`select id from transaction_mark`.execute(database.db)).rows.length
  await sql`delete from transaction_mark`.execute(database.db)
  const own = openDatabase({ url: database.url })
  try {
    for (let i = 0; i < 5; i++) await transactOnce(own.db, (trx) => write(trx, `one by one ${i}`))
    assert.equal(await marks(), 1)
    await Promise.all(Array.from({ length: 3 }, (_, i) => transactOnce(own.db, (trx) => write(trx, `at once ${i}`))))
    assert.equal(await marks(), 3)
  } finally {
    await own.close()
  }
})

test('a mark goes when it is a day old, and a process that still runs makes it again', async () => {
  await transactOnce(through.db, (trx) => write(trx, 'before the deletion'))
  await sql`update transaction_mark set written_at = now() - interval '25 hours'`.execute(database.db)
  await deleteOldMarks(database.db)
  assert.equal((await sql`select 1 from transaction_mark`.execute(database.db)).rows.length, 0)
  const broken = proxy.breakAt('commit', 'after')
  assert.equal(await transactOnce(through.db, (trx) => write(trx, 'after the deletion')), 'wrote after the deletion')
  await broken
})
