import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { deleteOldJobs } from '#jobs/upkeep/retention.ts'
import { systemClock } from '#lib/clock.ts'
import { newId } from '#lib/ids.ts'
import { createTestDatabase } from '#test/database.ts'

const database = await createTestDatabase()
const { db } = database
after(() => database.close())
beforeEach(async () => void (await sql`delete from job`.execute(db)))

const RULES = { completedDays: 30, failedDays: 180, completedLogDays: 7, maximumRoots: 100 }
const run = (rules = RULES) => deleteOldJobs(db, rules, systemClock, new AbortController().signal)

/** An ended job with one log line; `days` since its end, null for one that runs. */
async function insertJob(name: string, state: string, days: number | null, parent: string | null = null): Promise<string> {
  const id = newId()
  await sql`
    insert into job (id, root_job_id, parent_job_id, job_type, job_state, parameters, priority, percent_complete, attempt, tries, finished_at)
    values (${id}, ${parent ?? id}, ${parent}, ${name}, ${state}, '{}', 0, 0, 1, 1, now() - ${days}::int * interval '1 day')
  `.execute(db)
  await sql`insert into job_log (job_id, seq, at, level, attempt, message) values (${id}, 1, now(), 0, 1, 'a line')`.execute(db)
  return id
}

/** The names of the jobs left, and of those that still have their log. */
async function left(): Promise<{ jobs: string[]; logs: string[] }> {
  const rows = await sql<{ name: string; logged: boolean }>`
    select job_type as name, exists (select 1 from job_log where job_id = job.id) as logged from job order by job_type
  `.execute(db)
  return { jobs: rows.rows.map((row) => row.name), logs: rows.rows.filter((row) => row.logged).map((row) => row.name) }
}

test('completed and cancelled jobs are kept for 30 days, failed ones for 180, and active ones forever', async () => {
  for (const [state, days] of [
    ['completed', 30],
    ['cancelled', 30],
    ['failed', 180],
  ] as const) {
    await insertJob(`${state} old`, state, days + 1)
    await insertJob(`${state} young`, state, days - 1)
  }
  await insertJob('running', 'running', null)
  assert.deepEqual(await run(), { roots: 3, logs: 1 })
  assert.deepEqual((await left()).jobs, ['cancelled young', 'completed young', 'failed young', 'running'])
})

test('the log of a completed job is deleted after 7 days; those of other jobs stay as long as they do', async () => {
  await insertJob('completed 8 days ago', 'completed', 8)
  await insertJob('completed 6 days ago', 'completed', 6)
  await insertJob('failed 8 days ago', 'failed', 8)
  assert.deepEqual(await run(), { roots: 0, logs: 1 })
  assert.deepEqual(await left(), {
    jobs: ['completed 6 days ago', 'completed 8 days ago', 'failed 8 days ago'],
    logs: ['completed 6 days ago', 'failed 8 days ago'],
  })
})

test('a tree is deleted whole, by the state and age of its root', async () => {
  const old = await insertJob('old root', 'completed', 31)
  await insertJob('young child of an old root', 'failed', 1, old)
  const young = await insertJob('young root', 'completed', 1)
  await insertJob('old child of a young root', 'completed', 31, young)
  assert.equal((await run()).roots, 1)
  assert.deepEqual((await left()).jobs, ['old child of a young root', 'young root'])
})

test('of too many ended trees the oldest are deleted', async () => {
  for (let days = 1; days <= 5; days++) await insertJob(`${days} days ago`, 'completed', days)
  await insertJob('running', 'running', null)
  assert.equal((await run({ ...RULES, maximumRoots: 2 })).roots, 3)
  assert.deepEqual((await left()).jobs, ['1 days ago', '2 days ago', 'running'])
})

test('a job locked by a retry is left for the next turn', async () => {
  const id = await insertJob('being retried', 'failed', 181)
  await db.transaction().execute(async (trx) => {
    await sql`select 1 from job where id = ${id} for update`.execute(trx)
    assert.equal((await run()).roots, 0)
  })
  assert.equal((await run()).roots, 1)
})
