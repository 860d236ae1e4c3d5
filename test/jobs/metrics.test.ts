import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { FanOut } from '#jobs/model/job-type.ts'
import { PermanentError } from '#lib/errors.ts'
import { createMetrics } from '#lib/metrics.ts'
import { createTestDatabase } from '#test/database.ts'
import { jobReaches, jobType, signal, silenceWorker, startTestJobs } from '#test/jobs.ts'
import { parseMetrics, sumOf } from '#test/metrics.ts'

test('jobs are counted when created, waiting, running and ended, with their times', async () => {
  await using database = await createTestDatabase()
  const metrics = createMetrics()
  const read = async () => parseMetrics(await metrics.text())
  const started = signal()
  const go = signal()
  const types = [
    jobType('held', async () => {
      started.resolve()
      await go.promise
      return {}
    }),
    jobType('broken', async () => {
      throw new PermanentError('no good')
    }),
    jobType(
      'parent',
      async () =>
        new FanOut(
          [
            { jobType: 'child', parameters: {} },
            { jobType: 'child', parameters: {} },
          ],
          { onChildFailure: 'fail' },
        ),
    ),
    jobType('child', async () => ({})),
  ]
  await using jobs = await startTestJobs(database, types, { metrics })
  const create = async (name: string) => (await jobs.create({ jobType: name, accountId: null })).jobId
  const held = await create('held')
  await started.promise
  const ids = [await create('broken'), await create('parent'), await create('held')]

  const during = await read()
  assert.equal(sumOf(during, 'chartroom_jobs', { type: 'held', state: 'running' }), 1)
  assert.equal(sumOf(during, 'chartroom_jobs', { type: 'held', state: 'pending' }), 1)
  assert.equal(sumOf(during, 'chartroom_jobs', { state: 'pending' }), 3)
  assert.ok(sumOf(during, 'chartroom_jobs_oldest_pending_seconds') > 0)
  const unsubscribe = jobs.subscribe({ visibility: { all: true }, onJob() {}, onReset() {} })
  assert.equal(sumOf(await read(), 'chartroom_event_streams'), 1)
  unsubscribe()

  go.resolve()
  for (const id of [held, ...ids]) await jobReaches(jobs, id)
  const after = await read()
  const ended = (type: string, state: string) => sumOf(after, 'chartroom_jobs_ended_total', { type, state })
  assert.deepEqual(
    [ended('held', 'completed'), ended('broken', 'failed'), ended('parent', 'completed'), ended('child', 'completed')],
    [2, 1, 1, 2],
  )
  assert.equal(sumOf(after, 'chartroom_jobs_created_total', { type: 'child' }), 2)
  assert.equal(sumOf(after, 'chartroom_job_wait_seconds_count'), 6)
  assert.equal(sumOf(after, 'chartroom_job_run_seconds_count', { type: 'parent' }), 1)
  assert.equal(sumOf(after, 'chartroom_jobs'), 0)
  assert.equal(sumOf(after, 'chartroom_jobs_oldest_pending_seconds'), 0)
  assert.equal(after.filter((line) => line.name === 'chartroom_jobs').length, types.length * 2, 'zeros are reported too')
})

test('lost claims are counted by the run that noticed them', async () => {
  await using database = await createTestDatabase()
  const metrics = createMetrics()
  const read = async () => parseMetrics(await metrics.text())
  const firstRuns = signal()
  const secondRuns = signal()
  const type = jobType('lost', async (job) => {
    if (job.attempt > 1) {
      secondRuns.resolve()
      return {}
    }
    firstRuns.resolve()
    await secondRuns.promise
    await job.step('too-late', async () => 1)
    return {}
  })
  await using jobs = await startTestJobs(database, [type], {
    metrics,
    concurrency: { import: 1, maintenance: 1, light: 2, export: 1 },
  })
  const { jobId } = await jobs.create({ jobType: 'lost', accountId: null })
  await firstRuns.promise
  await silenceWorker(database, jobId)
  await jobReaches(jobs, jobId)
  for (;;) if (sumOf(await read(), 'chartroom_job_claims_lost_total', { how: 'fenced' }) > 0) break
  assert.equal(sumOf(await read(), 'chartroom_job_claims_lost_total', { how: 'taken_over' }), 1)
})

test('a cancelled pending job is counted by the server that cancelled it, without a run time', async () => {
  await using database = await createTestDatabase()
  const metrics = createMetrics()
  await using jobs = await startTestJobs(database, [jobType('waits', async () => ({}))], { metrics, concurrency: null })
  const { jobId } = await jobs.create({ jobType: 'waits', accountId: null })
  assert.equal(await jobs.cancel(jobId, 'no longer wanted'), true)
  const lines = parseMetrics(await metrics.text())
  assert.equal(sumOf(lines, 'chartroom_jobs_ended_total', { type: 'waits', state: 'cancelled' }), 1)
  assert.equal(sumOf(lines, 'chartroom_job_run_seconds_count'), 0)
})

test('a parent that ends within a retry is counted by the server that retried it', async () => {
  await using database = await createTestDatabase()
  const metrics = createMetrics()
  // The parent fails by its own part, not by a child.
  const failWhen = { field: 'bad', reaches: 1, message: 'too much is bad' }
  const totals = { sum: ['bad'], failWhen }
  const types = [
    jobType('sum', async () => {
      return new FanOut([{ jobType: 'good', parameters: {} }], { onChildFailure: 'report', result: { bad: 1 }, totals })
    }),
    jobType('good', async () => ({ bad: 0 })),
  ]
  await using jobs = await startTestJobs(database, types, { metrics })
  const { jobId } = await jobs.create({ jobType: 'sum', accountId: null })
  assert.equal((await jobReaches(jobs, jobId)).jobState, 'failed')
  // All its children completed, so there is nothing to run: it fails again at once.
  await jobs.retry(jobId, null)
  const lines = parseMetrics(await metrics.text())
  assert.equal(sumOf(lines, 'chartroom_jobs_ended_total', { type: 'sum', state: 'failed' }), 2)
  assert.ok(sumOf(lines, 'chartroom_queue_connections', { state: 'size' }) > 0)
})

test('active jobs are counted through the partial index, however many jobs have ended', async () => {
  await using database = await createTestDatabase()
  await sql`
    insert into job (id, root_job_id, job_type, job_state, finished_at)
    select id, id, 'old', 'completed', now() from (select gen_random_uuid() as id from generate_series(1, 20000)) as made
  `.execute(database.db)
  await sql`analyze job`.execute(database.db)
  const plan = await sql<{ 'QUERY PLAN': string }>`
    explain select job_type, job_state, count(*)::int, min(created_at) from job where job_state in ('pending', 'running')
    group by job_type, job_state
  `.execute(database.db)
  assert.match(plan.rows.map((row) => row['QUERY PLAN']).join('\n'), /job_(active|dedupe)/)
})
