import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { createEmptyDatabase } from '#test/database.ts'
import { openDatabase } from './database.ts'
import { migrate } from './migrate.ts'

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
  // "toString" is no migration either, though every object has one.
  for (const name of ['9999-from-the-future', 'toString']) {
    await sql`insert into schema_migration (name, timestamp) values (${name}, '2099-01-01')`.execute(database.db)
  }
  await assert.rejects(migrate(database.db), /made by a newer Chartroom \(it has 9999-from-the-future, toString, unknown here\)/)
})
