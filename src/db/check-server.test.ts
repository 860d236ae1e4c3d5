import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { messageOf } from '#lib/errors.ts'
import { silentLog } from '#lib/log.ts'
import { createEmptyDatabase } from '#test/database.ts'
import { addressThrough, type DatabaseProxy, startDatabaseProxy } from '#test/database-proxy.ts'
import { freePort } from '#test/free-port.ts'
import { assertVersion, checkServer, explainFewConnections, redactUrl } from './check-server.ts'
import { openDatabase } from './database.ts'

const log = silentLog()

test('the check of a usable server returns its version', async () => {
  await using database = await createEmptyDatabase()
  const info = await checkServer(database.url, { log })
  assert.ok(info.versionNumber >= 130_000)
  assert.match(info.version, /^\d+/)
})

test('an unreachable server fails in bounded time, and the message names the address without the password', async () => {
  await assert.rejects(
    checkServer('postgresql://me:s%3Ccret@127.0.0.1:1/charts', { waitMilliseconds: 600, log }),
    (error: Error) => {
      assert.match(
        error.message,
        /postgresql:\/\/me:\*\*\*@127\.0\.0\.1:1\/charts of DATABASE_URL could not be reached within 1 s \(.*ECONNREFUSED/,
      )
      assert.match(error.message, /is PostgreSQL running there/)
      assert.doesNotMatch(error.message, /cret/)
      return true
    },
  )
})

test('a database that comes up later is waited for, with one line in the log', async () => {
  await using database = await createEmptyDatabase()
  const port = await freePort()
  const said: string[] = []
  let late: Promise<DatabaseProxy> | undefined
  const listening = Object.assign(silentLog(), {
    warn(text: string) {
      said.push(text)
      late ??= startDatabaseProxy(database.url, port)
    },
  })
  const url = addressThrough(database.url, port)
  const info = await checkServer(url, { waitMilliseconds: 3_600_000, log: listening })
  await using _ = await late
  assert.ok(info.versionNumber >= 130_000)
  assert.equal(said.length, 1)
  assert.match(said[0] ?? '', /^waiting for the database /)
})

test('a name that does not resolve counts as unreachable', async () => {
  await assert.rejects(
    checkServer('postgresql://me@database.invalid/charts', { waitMilliseconds: 0, log }),
    /could not be reached/,
  )
})

test('a server that rejects the login is not waited for', async () => {
  await using database = await createEmptyDatabase()
  const wrong = database.url.replace(/\/test_[^?]*/, '/no_such_database')
  await assert.rejects(checkServer(wrong, { waitMilliseconds: 3_600_000, log }), (error: Error) => {
    assert.match(
      messageOf(error),
      /rejects the login of Chartroom: database "no_such_database" does not exist\. Create it with the user of DATABASE_URL/,
    )
    assert.equal(messageOf(error).split('does not exist').length, 2, 'the reason is said once')
    return true
  })
})

test('a user who has no connection left is waited for, and the message says what to raise', async () => {
  await using database = await createEmptyDatabase()
  const user = `few_${process.pid}`
  await sql.raw(`create role ${user} login password 'x' connection limit 0`).execute(database.db)
  try {
    const url = database.url.replace(/\/\/[^@]*@/, `//${user}:x@`)
    await assert.rejects(
      checkServer(url, { waitMilliseconds: 0, log }),
      /had no free connection for 0 s \(too many connections for role "few_\d+"\): .* raise max_connections/,
    )
    await assert.rejects(
      openDatabase({ url })
        .db.selectNoFrom(sql`1`.as('one'))
        .execute()
        .catch((error) => Promise.reject(explainFewConnections(error))),
      /the database has too few connections for Chartroom \(too many .*\): each process of Chartroom opens up to 18/,
    )
  } finally {
    await sql.raw(`drop role ${user}`).execute(database.db)
  }
})

test('a read-only database is refused with its reason', async () => {
  await using database = await createEmptyDatabase()
  const { rows } = await sql<{ name: string }>`select quote_ident(current_database()) as name`.execute(database.db)
  await sql.raw(`alter database ${rows[0]?.name} set default_transaction_read_only = on`).execute(database.db)
  await assert.rejects(
    checkServer(database.url, { log }),
    /"test_.*" of DATABASE_URL is read-only .*needs one that accepts changes/,
  )
})

test('PostgreSQL 13 is the oldest accepted version', () => {
  assertVersion(130_000, '13.0', 'postgresql://h/d')
  assert.throws(
    () => assertVersion(120_022, '12.22', 'postgresql://u:p@h/d'),
    /u:\*\*\*@h\/d of DATABASE_URL runs on PostgreSQL 12\.22; Chartroom needs version 13 or later/,
  )
})

test('passwords are removed from every part of an address', () => {
  assert.equal(redactUrl('postgresql://u:p:q@r@h:5432/d?sslmode=require'), 'postgresql://u:***@h:5432/d?sslmode=require')
  assert.equal(redactUrl('postgresql://u:p@/d?host=/tmp/x'), 'postgresql://u:***@/d?host=/tmp/x')
  assert.equal(redactUrl('postgresql://h/d?user=u&password=p&x=1'), 'postgresql://h/d?user=u&password=***&x=1')
  assert.equal(redactUrl('postgresql://u@h/d'), 'postgresql://u@h/d')
})
