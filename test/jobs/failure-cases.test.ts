import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import type { JobRecord } from '#jobs/model/job-record.ts'
import { FanOut } from '#jobs/model/job-type.ts'
import { putJobBack } from '#jobs/run/put-back.ts'
import { settleRun } from '#jobs/run/settle.ts'
import { systemClock } from '#lib/clock.ts'
import { inconsistencies, installAudit, violations } from '#test/audit.ts'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { jobDetail, jobReaches, jobType, queueState, signal, startTestJobs, treeRows } from '#test/jobs.ts'
import { startQueueByHand } from '#test/queue-by-hand.ts'

// Cases of the table in docs/jobs.md that no other test file has.

let database: TestDatabase
before(async () => {
  database = await createTestDatabase()
  await installAudit(database.db)
})
after(() => database.close())

describe('a queue entry that vanished', () => {
  test('a pending job whose queue entry vanished is sent again by the reconciler, and runs', async () => {
    const type = jobType('vanished', async () => ({ ran: true }))
    const creator = await startTestJobs(database, [type], { concurrency: null })
    const { jobId } = await creator.create({ jobType: 'vanished', accountId: null })
    await creator.close()
    await sql`delete from pgboss.job where id = ${jobId}`.execute(database.db)
    await sql`update job set updated_at = now() - interval '1 hour' where id = ${jobId}`.execute(database.db)
    assert.equal(await queueState(database, jobId), null)
    await using jobs = await startTestJobs(database, [type])
    const job = await jobReaches(jobs, jobId)
    assert.deepEqual(job.result, { ran: true })
    assert.ok(job.logs.some((line) => line.message.includes('queued again')))
  })
})

describe('the queue never gives up', () => {
  test('a job put back more often than the queue would retry it stays deliverable', async () => {
    await using queue = await startQueueByHand(database)
    const jobId = await queue.create()
    for (let n = 0; n < 12; n++) {
      const run = await queue.claim()
      assert.ok(await putJobBack(database.db, queue.deliveryQueue, run, { delaySeconds: 0, counts: false, failure: null }))
    }
    const run = await queue.claim()
    const [row] = await treeRows(database, jobId)
    assert.deepEqual([row?.['tries'], row?.['attempt']], [1, 13])
    await settleRun(database.db, queue.deliveryQueue, run, { state: 'completed', result: {} })
    assert.equal(await queueState(database, jobId), 'completed')
  })
})

describe('a server that was killed', () => {
  test('the next server continues the jobs of a killed one at once, unless other servers share the database', async () => {
    const type = jobType('left', async (job) => ({ attempt: job.attempt }))
    const orphan = await leaveBehind()
    // Leases of an hour.
    const queue = { heartbeatSeconds: 3_600, monitorSeconds: 3_600, pollSeconds: 1 }
    {
      await using beside = await startTestJobs(database, [type], { soleWorker: false, queue })
      const { jobId } = await beside.create({ jobType: 'left', accountId: null })
      await jobReaches(beside, jobId)
      assert.deepEqual([(await jobDetail(beside, orphan)).jobState, await queueState(database, orphan)], ['running', 'active'])
    }
    await using jobs = await startTestJobs(database, [type], { soleWorker: true, queue })
    assert.deepEqual((await jobReaches(jobs, orphan)).result, { attempt: 2 })

    async function leaveBehind(): Promise<string> {
      await using queue = await startQueueByHand(database, { name: 'left', heartbeatSeconds: 3_600 })
      await queue.create()
      return (await queue.claim()).claim.jobId
    }
  })
})

describe('the last two children', () => {
  test('of two last children that end together exactly one settles the parent, with exact counts', async () => {
    const meets = new Map<string, { waiting: number; go: () => void; gone: Promise<void> }>()
    const parent = jobType(
      'pair',
      async (job) =>
        new FanOut(
          [0, 1].map(() => ({ jobType: 'twin', parameters: { meeting: job.jobId } })),
          { onChildFailure: 'fail' },
        ),
    )
    const child = jobType('twin', async (job) => {
      const key = String(job.parameters['meeting'])
      const meet = meets.get(key) ?? { waiting: 0, ...open() }
      meets.set(key, meet)
      // Both leave this line in the same turn of the event loop.
      if (++meet.waiting === 2) meet.go()
      await meet.gone
      return {}
    })
    function open() {
      const { promise, resolve } = Promise.withResolvers<void>()
      return { go: resolve, gone: promise }
    }
    await using jobs = await startTestJobs(database, [parent, child], {
      concurrency: { import: 1, maintenance: 1, light: 2, export: 1 },
    })
    for (let n = 0; n < 10; n++) {
      const { jobId } = await jobs.create({ jobType: 'pair', accountId: null })
      assert.deepEqual((await jobReaches(jobs, jobId)).result, { children: { completed: 2, failed: 0, cancelled: 0 } })
    }
    assert.deepEqual(await violations(database.db), [])
    assert.deepEqual(await inconsistencies(database.db), [])
  })
})

describe("a server's wrong clock", () => {
  test('with a server clock wrong by years, all times of a job are the database’s and nothing waits', async () => {
    const type = jobType('timed', async (job) => {
      await job.step('step_one', async () => job.log.info('a line'))
      return {}
    })
    const wrong = { ...systemClock, now: () => Date.UTC(1999, 0, 1) }
    const before = await databaseTime()
    await using jobs = await startTestJobs(database, [type], { clock: wrong })
    const { jobId } = await jobs.create({ jobType: 'timed', accountId: null })
    await jobReaches(jobs, jobId, ['completed'])
    const job = await jobDetail(jobs, jobId)
    const now = await databaseTime()
    const times = [
      job.createdAt,
      job.updatedAt,
      job.startedAt,
      job.finishedAt,
      job.steps[0]?.startedAt,
      job.steps[0]?.completedAt,
    ]
    times.push(...job.logs.map((line) => Date.parse(line.timestamp)))
    for (const time of times) assert.ok(time != null && time >= before - 1 && time <= now + 1, `${time} is not the database's`)
  })

  async function databaseTime(): Promise<number> {
    const rows = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(database.db)
    return rows.rows[0]?.now.getTime() ?? Number.NaN
  }
})

describe('a lost notification', () => {
  test('a job whose notification was lost is found by polling', async () => {
    const type = jobType('unheard', async () => ({ ran: true }))
    const creator = await startTestJobs(database, [type], { concurrency: null })
    const { jobId } = await creator.create({ jobType: 'unheard', accountId: null })
    await sql`update pgboss.job set start_after = now() + interval '1 hour' where id = ${jobId}`.execute(database.db)
    await creator.close()
    await using jobs = await startTestJobs(database, [type])
    // When this one has run, the worker has found no other job.
    const other = await jobs.create({ jobType: 'unheard', accountId: null })
    await jobReaches(jobs, other.jobId)
    assert.equal((await jobDetail(jobs, jobId)).jobState, 'pending')
    // Due now, without a notification.
    await sql`update pgboss.job set start_after = now() where id = ${jobId}`.execute(database.db)
    assert.deepEqual((await jobReaches(jobs, jobId)).result, { ran: true })
  })

  test('after the listener’s connection broke, subscribers get a reset and then changes again', async () => {
    const type = jobType('heard', async () => ({}))
    await using jobs = await startTestJobs(database, [type])
    const resets = signal()
    const ended = signal<JobRecord>()
    let first = true
    const stop = jobs.subscribe({
      visibility: { all: true },
      onJob: (job) => job.jobType === 'heard' && job.jobState === 'completed' && ended.resolve(job),
      onReset: () => (first ? undefined : resets.resolve()),
    })
    first = false
    // The job that wakes the listener up proves that it was connected before.
    await jobs.create({ jobType: 'heard', accountId: null })
    await ended.promise
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'chartroom-listen'
    `.execute(database.db)
    await resets.promise
    const again = signal<JobRecord>()
    const stopAgain = jobs.subscribe({
      visibility: { all: true },
      onJob: (job) => job.jobState === 'completed' && again.resolve(job),
      onReset: () => undefined,
    })
    const { jobId } = await jobs.create({ jobType: 'heard', accountId: null })
    assert.equal((await again.promise).id, jobId)
    stop()
    stopAgain()
  })
})
