import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { listPublicFailures } from '#charts/cells/public-failures.ts'
import { writeMirror } from '#test/cells.ts'
import { startMirrorServer } from '#test/mirror-server.ts'
import { createRefreshBench } from '#test/refresh-bench.ts'

/** More than a refresh shows one by one. */
const names = Array.from({ length: 45 }, (_, i) => `AA5AAA${String(i).padStart(2, '0')}`)
const REFUSED = 'AA5AAA20'

test('a large refresh shows every cell but the one whose row the database refuses, and a later one replaces none', async () => {
  await using bench = await createRefreshBench()
  const { db } = bench.database
  const mirror = path.join(bench.folder, 'mirror')
  await writeMirror(
    mirror,
    names.map((name) => ({ name })),
  )
  await sql`alter table cell add constraint refused check (name <> ${sql.lit(REFUSED)})`.execute(db)
  const server = await startMirrorServer(mirror)
  try {
    const first = await bench.refresh(server.catalogueUrl)
    assert.equal(first.jobState, 'completed', JSON.stringify(first.logs, null, 1))
    assert.deepEqual([first.result?.['indexed'], first.result?.['failed']], [44, 1])
    const shown = await db.selectFrom('cell').select(['name', 'id', 'indexed_at']).orderBy('name').execute()
    assert.deepEqual(
      shown.map(({ name }) => name),
      names.filter((name) => name !== REFUSED),
    )
    const { failures } = await listPublicFailures(db, { limit: 10, offset: 0 })
    assert.deepEqual(
      failures.map(({ name, reason }) => [name, /^it has a value that the database cannot store/.test(reason)]),
      [[REFUSED, true]],
    )

    await sql`alter table cell drop constraint refused`.execute(db)
    const second = await bench.refresh(server.catalogueUrl)
    assert.deepEqual([second.result?.['indexed'], second.result?.['unchanged']], [1, 44])
    const after = await db
      .selectFrom('cell')
      .select(['name', 'id', 'indexed_at'])
      .where('name', '<>', REFUSED)
      .orderBy('name')
      .execute()
    assert.deepEqual(after, shown)
    assert.deepEqual((await listPublicFailures(db, { limit: 10, offset: 0 })).failures, [])
  } finally {
    await server.close()
  }
})
