import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, describe, test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { sql } from 'kysely'
import type { Jobs } from '#jobs/jobs.ts'
import { FanOut } from '#jobs/model/job-type.ts'
import { CancelledError } from '#jobs/run/stop-reasons.ts'
import { PermanentError } from '#lib/errors.ts'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import {
  holdAt,
  jobDetail,
  jobReaches,
  jobType,
  lockIsAwaited,
  queueState,
  signal,
  startTestJobs,
  treeRows,
  untilAborted,
} from '#test/jobs.ts'

// One test per line of the doc comment of `cancelTree`, in its order.

let database: TestDatabase
before(async () => {
  database = await createTestDatabase()
})
after(() => database.close())

const notHere = { concurrency: null }
const twoAtOnce = { concurrency: { import: 2, maintenance: 1, light: 2, export: 1 } }

/** Requests the cancel in the table only, as if every notification were lost. */
async function requestSilently(jobId: string): Promise<void> {
  await sql`update job set cancel_requested_at = now(), cancel_reason = 'test' where id = ${jobId}`.execute(database.db)
}

async function running(jobs: Jobs, type: string, reached: Promise<unknown>): Promise<string> {
  const { jobId } = await jobs.create({ jobType: type, accountId: null })
  await reached
  return jobId
}

/** The log of a job, without times. */
async function messagesOf(jobId: string): Promise<string[]> {
  const lines = await sql<{ message: string }>`select message from job_log where job_id = ${jobId} order by seq`.execute(
    database.db,
  )
  return lines.rows.map((line) => line.message)
}

describe('cancel of a pending job', () => {
  test('a cancelled pending job ends at once, with its steps cancelled, no queue entry and no result', async () => {
    const type = jobType('waits', async () => ({}), { steps: [{ name: 'step_one', weight: 1 }] })
    await using jobs = await startTestJobs(database, [type], notHere)
    const { jobId } = await jobs.create({ jobType: 'waits', accountId: null })
    assert.equal(await queueState(database, jobId), 'created')
    assert.equal(await jobs.cancel(jobId, 'by hand'), true)
    const job = await jobDetail(jobs, jobId)
    assert.equal(job.jobState, 'cancelled')
    assert.equal(job.result, null)
    assert.equal(job.attempt, 0)
    assert.ok(job.cancelRequestedAt !== null && job.finishedAt !== null)
    assert.deepEqual(
      job.steps.map((step) => step.status),
      ['cancelled'],
    )
    assert.deepEqual(await messagesOf(jobId), ['Cancelled'])
    assert.equal(await queueState(database, jobId), null)
  })

  test('a cancel that waited for another change of its tree has the time at which it came to act', async () => {
    await using jobs = await startTestJobs(database, [jobType('contested', async () => ({}))], notHere)
    const { jobId } = await jobs.create({ jobType: 'contested', accountId: null })
    const other = await database.db.startTransaction().execute()
    await sql`select 1 from job where id = ${jobId} for update`.execute(other)
    const cancelled = jobs.cancel(jobId, 'by hand')
    await lockIsAwaited(database)
    const change = await sql<{ at: Date }>`
      update job set updated_at = clock_timestamp() where id = ${jobId} returning updated_at as at
    `.execute(other)
    await other.commit().execute()
    await cancelled
    const { cancelRequestedAt, finishedAt, updatedAt } = await jobDetail(jobs, jobId)
    assert.ok(updatedAt >= Number(change.rows[0]?.at), `${updatedAt}, after ${change.rows[0]?.at.toISOString()}`)
    assert.deepEqual([cancelRequestedAt, finishedAt], [updatedAt, updatedAt])
  })

  test('a cancel before the claim of a delivered job runs nothing', async () => {
    let runs = 0
    const hold = holdAt('before-claim')
    const type = jobType('in-hand', async () => ({ runs: ++runs }))
    await using jobs = await startTestJobs(database, [type], { faults: hold.faults })
    const jobId = await running(jobs, 'in-hand', hold.reached)
    await jobs.cancel(jobId, 'by hand')
    hold.release()
    // Once the next job has run, the worker has handled the first.
    const next = await jobs.create({ jobType: 'in-hand', accountId: null })
    assert.deepEqual((await jobReaches(jobs, next.jobId)).result, { runs: 1 })
    assert.equal((await jobDetail(jobs, jobId)).jobState, 'cancelled')
  })

  test('a cancel after the claim stops the job as a running one', async () => {
    const hold = holdAt('in-claim')
    const type = jobType('claimed', async (job) => await untilAborted(job.signal))
    await using jobs = await startTestJobs(database, [type], { faults: hold.faults })
    const jobId = await running(jobs, 'claimed', hold.reached)
    const cancelled = jobs.cancel(jobId, 'by hand')
    await lockIsAwaited(database)
    hold.release()
    assert.equal(await cancelled, true)
    const job = await jobReaches(jobs, jobId)
    assert.equal(job.jobState, 'cancelled')
    assert.equal((await jobDetail(jobs, jobId)).attempt, 1)
  })
})

describe('cancel of a running job', () => {
  test('a cancel aborts the job’s signal, and the job is running until it has stopped', async () => {
    const runs = signal()
    const aborted = signal<unknown>()
    const mayStop = signal()
    const type = jobType(
      'tidy',
      (job) =>
        job.step('step_tidy', async () => {
          runs.resolve()
          await untilAborted(job.signal).catch(aborted.resolve)
          await mayStop.promise
          throw new PermanentError('thrown while stopping')
        }),
      { steps: [{ name: 'step_tidy', weight: 1 }] },
    )
    await using jobs = await startTestJobs(database, [type])
    const jobId = await running(jobs, 'tidy', runs.promise)
    await jobs.cancel(jobId, 'by hand')
    assert.ok((await aborted.promise) instanceof CancelledError)
    const during = await jobDetail(jobs, jobId)
    assert.equal(during.jobState, 'running')
    assert.ok(during.cancelRequestedAt !== null)
    mayStop.resolve()
    const job = await jobReaches(jobs, jobId)
    assert.equal(job.jobState, 'cancelled')
    assert.equal(job.result, null)
    assert.deepEqual(
      job.steps.map((step) => [step.status, step.error]),
      [['cancelled', null]],
    )
    assert.equal(await queueState(database, jobId), 'completed')
  })

  test('a cancel whose notification was lost is found by polling', async () => {
    const runs = signal()
    const type = jobType('deaf', async (job) => {
      runs.resolve()
      return await untilAborted(job.signal)
    })
    await using jobs = await startTestJobs(database, [type])
    const jobId = await running(jobs, 'deaf', runs.promise)
    await requestSilently(jobId)
    assert.equal((await jobReaches(jobs, jobId)).jobState, 'cancelled')
  })

  test('a job that returns before it notices its cancel completes', async () => {
    const runs = signal()
    const mayEnd = signal()
    const type = jobType('done-anyway', async () => {
      runs.resolve()
      await mayEnd.promise
      return { done: true }
    })
    await using jobs = await startTestJobs(database, [type])
    const jobId = await running(jobs, 'done-anyway', runs.promise)
    await jobs.cancel(jobId, 'by hand')
    mayEnd.resolve()
    const job = await jobReaches(jobs, jobId)
    assert.equal(job.jobState, 'completed')
    assert.deepEqual(job.result, { done: true })
    assert.equal(job.percentComplete, 100)
  })

  test('a job that fails after its cancel was requested ends as cancelled without a retry', async () => {
    let attempts = 0
    const type = jobType('fails-late', async (job) => {
      attempts++
      await requestSilently(job.jobId)
      throw new Error('the disk was busy')
    })
    await using jobs = await startTestJobs(database, [type])
    const { jobId } = await jobs.create({ jobType: 'fails-late', accountId: null })
    assert.equal((await jobReaches(jobs, jobId)).jobState, 'cancelled')
    assert.equal(attempts, 1)
  })

  test('a cancelled job that does not stop is left behind after the grace, and its busy worker thread is terminated', async () => {
    const runs = signal<Worker>()
    const type = jobType('busy', async (job) => {
      const thread = new Worker(new URL('../support/busy-thread.ts', import.meta.url))
      job.endSignal.addEventListener('abort', () => void thread.terminate(), { once: true })
      await once(thread, 'message')
      runs.resolve(thread)
      await once(thread, 'exit')
      // The thread has exited, but this handler never ends.
      await new Promise(() => {})
      return {}
    })
    await using jobs = await startTestJobs(database, [type], { stopMilliseconds: 200 })
    const { jobId } = await jobs.create({ jobType: 'busy', accountId: null })
    const thread = await runs.promise
    const exit = once(thread, 'exit')
    await jobs.cancel(jobId, 'by hand')
    await exit
    assert.equal((await jobReaches(jobs, jobId)).jobState, 'cancelled')
  })

  test('a cancelled job whose worker dies is settled by the next delivery without running', async () => {
    let attempts = 0
    const runs = signal()
    const type = jobType('orphan', async () => {
      attempts++
      runs.resolve()
      return await new Promise<never>(() => {})
    })
    await using jobs = await startTestJobs(database, [type], twoAtOnce)
    const jobId = await running(jobs, 'orphan', runs.promise)
    // In one statement, so that the first worker cannot see the request before it has lost the job.
    await sql`
      with silent as (update pgboss.job set state = 'retry', heartbeat_on = null where id = ${jobId})
      update job set cancel_requested_at = now() where id = ${jobId}
    `.execute(database.db)
    assert.equal((await jobReaches(jobs, jobId)).jobState, 'cancelled')
    assert.equal(attempts, 1)
    await jobs.close(100)
  })

  test('a cancelled job that a shutdown would put back ends as cancelled', async () => {
    const runs = signal()
    const type = jobType('shut-down', async (job) => {
      runs.resolve()
      return await untilAborted(job.signal)
    })
    const jobs = await startTestJobs(database, [type])
    const jobId = await running(jobs, 'shut-down', runs.promise)
    await requestSilently(jobId)
    await jobs.close()
    const job = await jobDetail(jobs, jobId)
    assert.equal(job.jobState, 'cancelled')
    assert.equal(await queueState(database, jobId), 'completed')
  })

  test('a cancelled job that would continue as child jobs creates none', async () => {
    const type = jobType('would-fan-out', async (job) => {
      await requestSilently(job.jobId)
      return new FanOut([{ jobType: 'would-fan-out', parameters: {} }], { onChildFailure: 'fail' })
    })
    await using jobs = await startTestJobs(database, [type])
    const { jobId } = await jobs.create({ jobType: 'would-fan-out', accountId: null })
    assert.equal((await jobReaches(jobs, jobId)).jobState, 'cancelled')
    const rows = await treeRows(database, jobId)
    assert.equal(rows.length, 1)
    assert.deepEqual([rows[0]?.['open_children'], rows[0]?.['waiting'], rows[0]?.['on_child_failure']], [0, false, null])
  })

  test('a cancel during a settle leaves the ended job unchanged', async () => {
    const hold = holdAt('in-settle')
    const type = jobType('settles', async () => ({ done: true }))
    await using jobs = await startTestJobs(database, [type], { faults: hold.faults })
    const jobId = await running(jobs, 'settles', hold.reached)
    const cancelled = jobs.cancel(jobId, 'by hand')
    await lockIsAwaited(database)
    hold.release()
    assert.equal(await cancelled, true)
    const job = await jobDetail(jobs, jobId)
    assert.equal(job.jobState, 'completed')
    assert.equal(job.cancelRequestedAt, null)
  })
})

describe('cancel of a tree', () => {
  const parent = (children: number) =>
    jobType(
      'parent',
      async () =>
        new FanOut(
          Array.from({ length: children }, (_, n) => ({ jobType: 'child', parameters: { n } })),
          { onChildFailure: 'report' },
        ),
    )

  test('a cancelled parent cancels its children and ends with the last of them', async () => {
    const runs = signal()
    const mayStop = signal()
    const child = jobType('child', async (job) => {
      if (job.parameters['n'] === 0) return {}
      runs.resolve()
      await untilAborted(job.signal).catch(() => undefined)
      await mayStop.promise
      throw job.signal.reason
    })
    await using jobs = await startTestJobs(database, [parent(4), child])
    const jobId = await running(jobs, 'parent', runs.promise)
    await jobs.cancel(jobId, 'by hand')
    const during = await treeRows(database, jobId)
    assert.deepEqual(
      during.map((row) => row['job_state']),
      ['running', 'completed', 'running', 'cancelled', 'cancelled'],
    )
    assert.equal(during[0]?.['open_children'], 1)
    mayStop.resolve()
    const job = await jobReaches(jobs, jobId)
    assert.equal(job.jobState, 'cancelled')
    assert.deepEqual(job.result, { children: { completed: 1, failed: 0, cancelled: 3 } })
    assert.ok(job.percentComplete < 100)
    assert.deepEqual(await messagesOf(jobId), ['Continuing as 4 child jobs', 'Cancelled'])
    for (const child of during.slice(2)) assert.equal((await messagesOf(String(child['id']))).at(-1), 'Cancelled')
  })

  test('a cancelled tree with only pending children ends within the cancel', async () => {
    // The parent's delivery occupies the only worker until it returns.
    const hold = holdAt('after-fan-out')
    const child = jobType('child', async () => ({}))
    await using jobs = await startTestJobs(database, [parent(3), child], { faults: hold.faults })
    const jobId = await running(jobs, 'parent', hold.reached)
    await jobs.cancel(jobId, 'by hand')
    const rows = await treeRows(database, jobId)
    assert.deepEqual(
      rows.map((row) => row['job_state']),
      ['cancelled', 'cancelled', 'cancelled', 'cancelled'],
    )
    assert.deepEqual([rows[0]?.['open_children'], rows[0]?.['failed_children']], [0, 3])
    hold.release()
  })

  test('a cancel while the parent starts its children cancels them too', async () => {
    const hold = holdAt('in-fan-out')
    const child = jobType('child', async (job) => await untilAborted(job.signal))
    await using jobs = await startTestJobs(database, [parent(3), child], { faults: hold.faults })
    const jobId = await running(jobs, 'parent', hold.reached)
    const cancelled = jobs.cancel(jobId, 'by hand')
    await lockIsAwaited(database)
    hold.release()
    await cancelled
    assert.equal((await jobReaches(jobs, jobId)).jobState, 'cancelled')
    assert.deepEqual(
      (await treeRows(database, jobId)).map((row) => row['job_state']),
      ['cancelled', 'cancelled', 'cancelled', 'cancelled'],
    )
  })

  test('siblings keep running when one child is cancelled, and the parent ends as onChildFailure says', async () => {
    const runs = signal()
    const child = jobType('child', async (job) => {
      if (job.parameters['n'] !== 0) return {}
      runs.resolve()
      return await untilAborted(job.signal)
    })
    await using jobs = await startTestJobs(database, [parent(3), child])
    const jobId = await running(jobs, 'parent', runs.promise)
    const [, first] = await treeRows(database, jobId)
    await jobs.cancel(String(first?.['id']), 'by hand')
    const job = await jobReaches(jobs, jobId)
    assert.equal(job.jobState, 'completed')
    assert.deepEqual(job.result, { children: { completed: 2, failed: 0, cancelled: 1 } })
  })
})

describe('cancel of a job that has ended', () => {
  for (const state of ['completed', 'failed', 'cancelled'] as const) {
    test(`a cancel leaves a ${state} job unchanged`, async () => {
      const type = jobType(`ends-${state}`, async (job) => {
        if (state === 'failed') throw new PermanentError('broken')
        if (state === 'cancelled') {
          await requestSilently(job.jobId)
          throw new Error('thrown while stopping')
        }
        return {}
      })
      await using jobs = await startTestJobs(database, [type])
      const { jobId } = await jobs.create({ jobType: `ends-${state}`, accountId: null })
      assert.equal((await jobReaches(jobs, jobId)).jobState, state)
      const before = await treeRows(database, jobId)
      assert.equal(await jobs.cancel(jobId, 'by hand'), true)
      assert.deepEqual(await treeRows(database, jobId), before)
    })
  }

  test('a repeated cancel request changes nothing', async () => {
    const runs = signal()
    const mayStop = signal()
    const type = jobType('repeated', async () => {
      runs.resolve()
      await mayStop.promise
      throw new Error('stopped')
    })
    await using jobs = await startTestJobs(database, [type])
    const jobId = await running(jobs, 'repeated', runs.promise)
    await jobs.cancel(jobId, 'first')
    const before = await treeRows(database, jobId)
    assert.equal(await jobs.cancel(jobId, 'second'), true)
    assert.deepEqual(await treeRows(database, jobId), before)
    mayStop.resolve()
    await jobReaches(jobs, jobId)
  })

  test('a cancel of an unknown job returns false', async () => {
    await using jobs = await startTestJobs(database, [jobType('none', async () => ({}))], notHere)
    assert.equal(await jobs.cancel('00000000-0000-7000-8000-000000000000', 'by hand'), false)
  })
})

describe('cancel beside a retry of the same job', () => {
  const type = jobType('contested', async () => {
    throw new PermanentError('broken')
  })

  test('a cancel after a concurrent retry cancels the reopened job', async () => {
    const hold = holdAt('in-retry')
    await using jobs = await startTestJobs(database, [type], { faults: hold.faults })
    const { jobId } = await jobs.create({ jobType: 'contested', accountId: null })
    await jobReaches(jobs, jobId, ['failed'])
    const retried = jobs.retry(jobId, null)
    await hold.reached
    const cancelled = jobs.cancel(jobId, 'by hand')
    await lockIsAwaited(database)
    hold.release()
    await retried
    await cancelled
    // The reopened job may have been claimed in the meantime; then it failed by itself after the request.
    assert.equal((await jobReaches(jobs, jobId)).jobState, 'cancelled')
  })

  test('a retry after a concurrent cancel reopens the cancelled job', async () => {
    const hold = holdAt('in-cancel')
    await using creator = await startTestJobs(database, [type], { ...notHere, faults: hold.faults })
    const { jobId } = await creator.create({ jobType: 'contested', accountId: null })
    const cancelled = creator.cancel(jobId, 'by hand')
    await hold.reached
    const retried = creator.retry(jobId, null)
    await lockIsAwaited(database)
    hold.release()
    await cancelled
    await retried
    const job = await jobDetail(creator, jobId)
    assert.equal(job.jobState, 'pending')
    assert.equal(job.cancelRequestedAt, null)
    assert.equal(await queueState(database, jobId), 'created')
    await creator.cancel(jobId, 'end of the test')
  })
})
