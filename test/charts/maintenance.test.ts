import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { vacuumTable } from '#db/vacuum-table.ts'
import type { JobType } from '#jobs/model/job-type.ts'
import { silentLog } from '#lib/log.ts'
import { createFolderStore } from '#storage/folder-store.ts'
import { clearTiles } from '#tasks/clear-tiles.ts'
import { vacuumAnalyze } from '#tasks/vacuum-analyze.ts'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { jobReaches, startTestJobs } from '#test/jobs.ts'
import { openTileCache } from '#tiles/cache/tile-cache.ts'

let database: TestDatabase
let folder: string
before(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(path.join(tmpdir(), 'chartroom-maintenance-'))
})
after(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

async function run(type: JobType) {
  await using jobs = await startTestJobs(database, [type])
  const { jobId } = await jobs.create({ jobType: type.name, accountId: null })
  return await jobReaches(jobs, jobId)
}

test('clear-tiles empties only the tile cache', async () => {
  const storage = createFolderStore(path.join(folder, 'blobs'))
  const limits = { maximumBytes: 1e6, memoryBytes: 0, log: silentLog() }
  const cache = await openTileCache({ folder: path.join(folder, 'tiles'), ...limits })
  await cache.put('a'.repeat(32), Buffer.alloc(100))
  await cache.put('b'.repeat(32), Buffer.alloc(23))
  await storage.put('public/AA5AAAA1/1.zip', Buffer.alloc(5))
  const job = await run(clearTiles({ cache }))
  const onDisk = 123 + 2 * 12
  assert.deepEqual([job.jobState, job.result], ['completed', { tiles: 2, bytes: onDisk }])
  assert.deepEqual(
    (await Array.fromAsync(storage.list(''))).map((blob) => blob.key),
    ['public/AA5AAAA1/1.zip'],
  )
  const again = await run(clearTiles({ cache }))
  assert.deepEqual([again.jobState, again.result], ['completed', { tiles: 0, bytes: 0 }])
})

describe('vacuum-analyze', () => {
  test('reclaims space and reports how much', async () => {
    const { db } = database
    await sql`insert into setting (name, value) select 'n' || i, to_jsonb(repeat('x', 500)) from generate_series(1, 4000) i`.execute(
      db,
    )
    await sql`delete from setting`.execute(db)
    // A table whose name looks like that of a secret, to be reclaimed too.
    await sql`
      with own as (insert into account (name) values ('Vacuumed') returning id),
        owner as (insert into app_user (account_id, username, password_hash) select id, 'vacuumed', '' from own returning id, account_id)
      insert into api_token (token_hash, token_encrypted, name, user_id, account_id)
      select decode(md5(i::text), 'hex'), '', 'n', id, account_id from owner, generate_series(1, 4000) i
    `.execute(db)
    await sql`delete from api_token`.execute(db)
    const job = await run(vacuumAnalyze({ db }))
    assert.equal(job.jobState, 'completed', JSON.stringify(job.logs))
    const lines = job.logs.map(({ message }) => message)
    assert.ok(
      lines.some((line) => /^Table api_token had [\d,]+ kB before and has [\d,]+ kB now$/.test(line)),
      lines.join('\n'),
    )
    const result = job.result as {
      tables: { table: string; bytesBefore: number; bytesAfter: number }[]
      bytesBefore: number
      bytesAfter: number
    }
    const setting = result.tables.find((table) => table.table === 'setting')
    assert.ok(setting !== undefined && setting.bytesBefore > 2_000_000 && setting.bytesAfter < setting.bytesBefore / 2)
    for (const table of ['account', 'cell', 'job', 'job_log'])
      assert.ok(
        result.tables.some((each) => each.table === table),
        table,
      )
    assert.equal(
      result.bytesBefore,
      result.tables.reduce((sum, table) => sum + table.bytesBefore, 0),
    )
    assert.equal(
      result.bytesAfter,
      result.tables.reduce((sum, table) => sum + table.bytesAfter, 0),
    )
    const { rows } = await sql<{ analysed: boolean }>`
      select last_analyze is not null as analysed from pg_stat_user_tables where relname = 'cell'`.execute(db)
    assert.equal(rows[0]?.analysed, true)
  })

  test('stops on cancellation, even while it waits for a lock', async () => {
    const { db } = database
    const controller = new AbortController()
    await db.transaction().execute(async (trx) => {
      await sql`lock table account in access exclusive mode`.execute(trx)
      const vacuuming = vacuumTable(db, 'account', controller.signal)
      for (let waiting = 0; waiting === 0; ) {
        const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`.execute(trx)
        waiting = rows[0]?.n ?? 0
      }
      controller.abort(new Error('cancelled by the operator'))
      await assert.rejects(vacuuming, /cancelled by the operator/)
    })
    assert.equal((await sql`select 1`.execute(db)).rows.length, 1, 'the connection is fit for further use')
  })
})
