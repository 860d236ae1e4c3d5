import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { JOB_STATES, type Visibility } from '#jobs/model/job-record.ts'
import { countJobs } from '#jobs/read/count-jobs.ts'
import { listJobs } from '#jobs/read/list-jobs.ts'
import { foldJobCount } from '#jobs/upkeep/fold-job-count.ts'
import { newId } from '#lib/ids.ts'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'

// The total of a list is the sum of counts that triggers keep. It must always equal a count of the rows.

let database: TestDatabase
before(async () => {
  database = await createTestDatabase()
})
after(() => database.close())

const everyone: readonly Visibility[] = [{ all: true }, { all: false, accountId: 1 }, { all: false, accountId: 2 }]

async function insert(accountId: number | null, children = 0): Promise<string> {
  const id = newId()
  await sql`insert into job (id, root_job_id, job_type, account_id) values (${id}, ${id}, 'counted', ${accountId})`.execute(
    database.db,
  )
  for (let n = 0; n < children; n++) {
    await sql`
      insert into job (id, root_job_id, parent_job_id, job_type, account_id) values (${newId()}, ${id}, ${id}, 'counted', ${accountId})
    `.execute(database.db)
  }
  return id
}

async function assertExact(): Promise<void> {
  for (const visibility of everyone) {
    const where = visibility.all ? sql`true` : sql`account_id = ${visibility.accountId} or account_id is null`
    const rows = await sql<{ count: number }>`select count(*)::int as count from job where ${where}`.execute(database.db)
    assert.equal(await countJobs(database.db, { visibility, activeOnly: false }), rows.rows[0]?.count)
  }
}

const amounts = async () => (await sql`select 1 from job_count`.execute(database.db)).rows.length

test('the kept counts stay exact through inserts, deletes of trees, folds and a truncate', async () => {
  const root = await insert(1, 3)
  await insert(2)
  await insert(null, 1)
  await assertExact()
  await foldJobCount(database.db)
  // One row for each account, type and kind: top level or child.
  assert.equal(await amounts(), 5)
  await assertExact()
  await sql`delete from job where id = ${root}`.execute(database.db)
  await assertExact()
  await foldJobCount(database.db)
  assert.equal(await amounts(), 3)
  await assertExact()
  await sql`update job set job_state = 'completed'`.execute(database.db)
  await assertExact()
  await sql`truncate job cascade`.execute(database.db)
  await assertExact()
  assert.equal(await countJobs(database.db, { visibility: { all: true }, activeOnly: false }), 0)
})

test('the total of every set of states is a count of the rows, with the page and alone', async () => {
  await sql`truncate job cascade`.execute(database.db)
  for (const [n, state] of JOB_STATES.entries()) {
    for (let count = 0; count <= n; count++) {
      const id = await insert([1, 2, null][count % 3] ?? null, 1)
      await sql`update job set job_state = ${state} where root_job_id = ${id}`.execute(database.db)
    }
  }
  for (let set = 0; set < 2 ** JOB_STATES.length; set++) {
    const jobStates = JOB_STATES.filter((_, n) => (set >> n) % 2 === 1)
    for (const visibility of everyone) {
      for (const parentJobId of [undefined, 'none'] as const) {
        for (const activeOnly of [false, true]) {
          const accounts = visibility.all ? sql`true` : sql`(account_id = ${visibility.accountId} or account_id is null)`
          const expected = await sql<{ count: number }>`
            select count(*)::int as count from job where ${accounts} and job_state = any(${jobStates}::text[])
              and (not ${activeOnly}::boolean or job_state in ('pending', 'running')) and (${parentJobId ?? null}::text is null or parent_job_id is null)
          `.execute(database.db)
          const filter = { visibility, activeOnly, jobStates, parentJobId }
          const page = await listJobs(database.db, { ...filter, limit: 1, offset: 0 })
          const counts = [await countJobs(database.db, filter), page.total]
          const where = JSON.stringify(filter)
          assert.deepEqual(counts, [expected.rows[0]?.count, expected.rows[0]?.count], where)
        }
      }
    }
  }
})

test('concurrent writes and folds do not wait for each other, and the counts stay exact', async () => {
  const open = Promise.withResolvers<void>()
  const holds = Promise.withResolvers<void>()
  const held = database.db.transaction().execute(async (trx) => {
    const id = newId()
    await sql`insert into job (id, root_job_id, job_type) values (${id}, ${id}, 'held')`.execute(trx)
    holds.resolve()
    await open.promise
  })
  await holds.promise
  // While that one is uncommitted, all of these must finish.
  await Promise.all(
    Array.from({ length: 40 }, async (_, n) => {
      const id = await insert(n % 3 === 0 ? null : n % 3)
      if (n % 4 === 0) await foldJobCount(database.db)
      if (n % 5 === 0) await sql`delete from job where id = ${id}`.execute(database.db)
    }),
  )
  await assertExact()
  open.resolve()
  await held
  await assertExact()
  await foldJobCount(database.db)
  await assertExact()
})

test('a rolled back insert is not counted, and page and total come from one snapshot', async () => {
  const before = await countJobs(database.db, { visibility: { all: true }, activeOnly: false })
  const rolledBack = database.db.transaction().execute(async (trx) => {
    const id = newId()
    await sql`insert into job (id, root_job_id, job_type) values (${id}, ${id}, 'gone')`.execute(trx)
    throw new Error('on purpose')
  })
  await assert.rejects(rolledBack, /on purpose/)
  const page = await listJobs(database.db, { visibility: { all: true }, activeOnly: false, limit: 200, offset: 0 })
  assert.equal(page.total, before)
  assert.equal(page.jobs.length, before)
})
