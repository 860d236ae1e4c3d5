import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import type { Visibility } from '#jobs/model/job-record.ts'
import { countJobs } from '#jobs/read/count-jobs.ts'
import { listJobs, pageOfIds } from '#jobs/read/list-jobs.ts'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'

let database: TestDatabase
const all: Visibility = { all: true }

before(async () => {
  database = await createTestDatabase()
  // 300 jobs over ten seconds, several with the same time; a third of account 1, a third of account 2, the rest instance-wide.
  await sql`
    insert into job (id, root_job_id, job_type, job_state, account_id, created_at)
    select id, id, 'test', (array['completed','failed','running','pending','cancelled'])[1 + n % 5],
      case n % 3 when 0 then 1 when 1 then 2 end, timestamptz '2026-01-15 08:00:00Z' + (n / 10) * interval '333 milliseconds'
    from (select n, md5(n::text)::uuid as id from generate_series(0, 299) n) made
  `.execute(database.db)
})
after(() => database.close())

const list = (rest: Partial<Parameters<typeof listJobs>[1]> = {}) =>
  listJobs(database.db, { visibility: all, activeOnly: false, limit: 25, offset: 0, ...rest })

describe('order and paging', () => {
  test('jobs are listed newest first, and by id where times are equal', async () => {
    const { jobs } = await list({ limit: 200 })
    for (let n = 1; n < jobs.length; n++) {
      const [before, next] = [jobs[n - 1]!, jobs[n]!]
      assert.ok(before.createdAt > next.createdAt || (before.createdAt === next.createdAt && before.id > next.id))
    }
  })

  for (const visibility of [all, { all: false, accountId: 1 } as const]) {
    test(`all pages together list every job once (${JSON.stringify(visibility)})`, async () => {
      const seen: string[] = []
      let total = -1
      for (let offset = 0; offset === 0 || offset < total; offset += 25) {
        const page = await list({ visibility, offset })
        total = page.total
        seen.push(...page.jobs.map((job) => job.id))
      }
      assert.equal(seen.length, total)
      assert.equal(new Set(seen).size, total)
    })
  }

  test('a page past the end is empty and has the exact total', async () => {
    assert.deepEqual(await list({ offset: 100_000 }), { jobs: [], total: 300 })
  })
})

describe('filters', () => {
  test('activeOnly lists pending and running jobs', async () => {
    const { jobs, total } = await list({ activeOnly: true, limit: 200 })
    assert.equal(total, 120)
    assert.equal(jobs.length, 120)
    for (const job of jobs) assert.ok(['pending', 'running'].includes(job.jobState))
  })

  test("an account sees its own and the instance's jobs, never another's", async () => {
    const { jobs, total } = await list({ visibility: { all: false, accountId: 1 }, limit: 200 })
    assert.equal(total, 200)
    assert.deepEqual([...new Set(jobs.map((job) => job.accountId))].sort(), [1, null])
    const active = await list({ visibility: { all: false, accountId: 1 }, activeOnly: true, limit: 200 })
    assert.equal(active.total, await countJobs(database.db, { visibility: { all: false, accountId: 1 }, activeOnly: true }))
    assert.ok(active.jobs.every((job) => job.accountId !== 2))
    assert.equal((await list({ visibility: { all: false, accountId: 99 } })).total, 100)
  })
})

describe('logs', () => {
  test('a listed job has its last 100 log lines, oldest first', async () => {
    const { jobs } = await list({ limit: 1 })
    const id = jobs[0]?.id
    await sql`
      insert into job_log (job_id, seq, at, level, attempt, message)
      select ${id}::uuid, n, timestamptz '2026-01-15 08:00:00Z' + n * interval '1 millisecond', n % 3, 1, 'line ' || n
      from generate_series(1, 250) n
    `.execute(database.db)
    const logs = (await list({ limit: 1 })).jobs[0]?.logs ?? []
    assert.equal(logs.length, 100)
    assert.deepEqual(logs[0], { timestamp: '2026-01-15T08:00:00.151+00:00', type: 'warning', message: 'line 151' })
    assert.equal(logs.at(-1)?.message, 'line 250')
  })
})

describe('the statements use their indexes', () => {
  const plan = async (statement: ReturnType<typeof sql>) => {
    return await database.db.transaction().execute(async (trx) => {
      // The table of this test is so small that the planner would read all of it.
      await sql`set local enable_seqscan = off`.execute(trx)
      await sql`set local enable_bitmapscan = off`.execute(trx)
      const rows = await sql<{ 'QUERY PLAN': string }>`explain ${statement}`.execute(trx)
      return rows.rows.map((row) => row['QUERY PLAN']).join('\n')
    })
  }
  const page = { visibility: all, activeOnly: false, limit: 25, offset: 0 }

  test('a page of all jobs uses job_newest without a sort', async () => {
    const text = await plan(pageOfIds(page))
    assert.match(text, /job_newest/)
    assert.doesNotMatch(text, /Sort/)
  })
  test('a page of active jobs uses job_active without a sort', async () => {
    const text = await plan(pageOfIds({ ...page, activeOnly: true }))
    assert.match(text, /job_active/)
    assert.doesNotMatch(text, /Sort/)
  })
  test('a page of one account uses job_account_newest twice and sorts only the two short lists', async () => {
    const text = await plan(pageOfIds({ ...page, visibility: { all: false, accountId: 1 } }))
    assert.equal(text.match(/Index Only Scan using job_account_newest/g)?.length, 2, text)
    assert.equal(text.match(/Sort Key: account_id/g), null, text)
    assert.equal(text.match(/-> {2}Limit/g)?.length, 2, text)
  })

  const own: Visibility = { all: false, accountId: 1 }
  const cases: [what: string, query: Partial<Parameters<typeof pageOfIds>[0]>, index: RegExp, scans: number][] = [
    ['top-level jobs', { parentJobId: 'none' }, /job_top_newest/g, 1],
    ['top-level jobs of one account', { parentJobId: 'none', visibility: own }, /job_top_account_newest/g, 2],
    ['failed and cancelled jobs', { jobStates: ['failed', 'cancelled'] }, /job_unsuccessful/g, 1],
    ['failed jobs of one account', { jobStates: ['failed'], visibility: own }, /job_unsuccessful/g, 1],
    ['failed and running jobs', { jobStates: ['failed', 'running'] }, /job_active|job_unsuccessful/g, 2],
    ['jobs of an account for an administrator', { accountId: 2 }, /job_account_newest/g, 1],
    ['jobs of a range of dates', { createdAfter: 1_768_464_000_000, createdBefore: 1_768_464_005_000 }, /job_newest/g, 1],
  ]
  for (const [what, query, index, scans] of cases) {
    test(`a page of ${what} reads its index in order`, async () => {
      const text = await plan(pageOfIds({ ...page, ...query }))
      assert.equal(text.match(index)?.length, scans, text)
      assert.doesNotMatch(text, /Seq Scan/)
      assert.equal(
        text.match(/Sort Key: created_at/g)?.length ?? 0,
        text.includes('Append') && !text.includes('Merge Append') ? 1 : 0,
        text,
      )
    })
  }
})
