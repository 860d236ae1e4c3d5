import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { jobReaches, jobType, startTestJobs } from '#test/jobs.ts'

// A test cannot wait for a week: these read the schedule that the queue keeps, and send what the schedule would send.

const everything = { visibility: { all: true } as const, activeOnly: false, limit: 200, offset: 0 }
const weekly = jobType('weekly-task', async () => ({ done: 1 }), { exclusive: true })

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
})
afterEach(() => database.close())

async function schedules(): Promise<{ name: string; cron: string }[]> {
  return (await sql<{ name: string; cron: string }>`select name, cron from pgboss.schedule`.execute(database.db)).rows
}

test('the first weekly schedule starts the job at once and picks a minute; later starts change nothing', async () => {
  let cron = ''
  {
    await using jobs = await startTestJobs(database, [weekly])
    await jobs.scheduleWeekly('weekly-task')
    const [first] = (await jobs.list(everything)).jobs
    assert.equal(first?.jobType, 'weekly-task')
    await jobReaches(jobs, first.id, ['completed'])
    const [entry] = await schedules()
    assert.match(entry?.cron ?? '', /^[1-5]?\d (1?\d|2[0-3]) \* \* [0-6]$/)
    const started = await jobs.getSummary({ all: true }, first.id)
    assert.deepEqual(started?.startedBy, { kind: 'schedule', userId: null, username: null })
    const [next, ...others] = await jobs.schedule()
    assert.deepEqual([next?.jobType, others], ['weekly-task', []])
    assert.ok(next && next.nextRunAt > Date.now() && next.nextRunAt <= Date.now() + 7 * 86_400_000)
    cron = entry?.cron ?? ''
  }
  await using jobs = await startTestJobs(database, [weekly])
  await jobs.scheduleWeekly('weekly-task')
  assert.deepEqual(
    (await schedules()).map((entry) => entry.cron),
    [cron],
  )
  assert.equal((await jobs.list(everything)).total, 1)
})

test('a weekly turn starts the job, unless one is already active', async () => {
  const released = Promise.withResolvers<void>()
  const slow = jobType('weekly-task', () => released.promise.then(() => ({})), { exclusive: true })
  await using jobs = await startTestJobs(database, [slow])
  await jobs.scheduleWeekly('weekly-task')
  const [first] = (await jobs.list(everything)).jobs
  assert.ok(first)
  await turn()
  assert.equal((await jobs.list(everything)).total, 1)
  released.resolve()
  await jobReaches(jobs, first.id, ['completed'])
  await turn()
  assert.equal((await jobs.list(everything)).total, 2)
})

test('an unscheduled job type has no schedule', async () => {
  await using jobs = await startTestJobs(database, [weekly])
  await jobs.scheduleWeekly('weekly-task')
  assert.equal((await schedules()).length, 1)
  await jobs.unscheduleWeekly('weekly-task')
  assert.deepEqual(await schedules(), [])
  assert.deepEqual(await jobs.schedule(), [])
})

/** Sends the schedule's queue entry and waits until it has been handled. */
async function turn(): Promise<void> {
  const [entry] = await schedules()
  const made = await sql<{ id: string }>`
    insert into pgboss.job (name) values (${entry?.name}) returning id
  `.execute(database.db)
  // pg-boss's own channel and payload; without them the turn would wait for the next poll, a minute later.
  await sql`
    select pg_notify('pgboss_' || left(encode(sha224('pgboss'::bytea), 'hex'), 24), ${entry?.name})
  `.execute(database.db)
  for (;;) {
    const { rows } = await sql<{ state: string }>`
      select state from pgboss.job where id = ${made.rows[0]?.id}
    `.execute(database.db)
    if (rows[0]?.state === 'completed') return
    assert.notEqual(rows[0]?.state, 'failed')
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
