import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { FanOut } from '#jobs/model/job-type.ts'
import { PermanentError } from '#lib/errors.ts'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import {
  holdAt,
  jobDetail,
  jobReaches,
  jobRecord,
  jobType,
  lockIsAwaited,
  queueState,
  signal,
  startTestJobs,
  treeRows,
  untilAborted,
} from '#test/jobs.ts'

// One test per line of the doc comment of `retryJob`. Beside a cancel: cancel.test.ts.

let database: TestDatabase
before(async () => {
  database = await createTestDatabase()
})
after(() => database.close())

const states = async (id: string) => (await treeRows(database, id)).map((row) => row['job_state'])

describe('retry of a job without children', () => {
  const steps = ['step_one', 'step_two', 'step_three'].map((name) => ({ name, weight: 1 }))

  function inSteps(ran: string[]) {
    return jobType(
      'in-steps',
      async (job) => {
        for (const { name } of steps) {
          await job.step(name, async () => {
            ran.push(name)
            if (name === 'step_three' && job.attempt === 1) throw new PermanentError('broken')
            return { attempt: job.attempt }
          })
        }
        return { attempts: job.attempt }
      },
      { steps },
    )
  }

  test('a retried job is pending with all its tries, its completed steps and their progress', async () => {
    const ran: string[] = []
    await using jobs = await startTestJobs(database, [inSteps(ran)])
    const { jobId } = await jobs.create({ jobType: 'in-steps', accountId: null })
    await jobReaches(jobs, jobId, ['failed'])
    // Retried on a server that runs nothing, so that its state can be read.
    await using creator = await startTestJobs(database, [inSteps(ran)], { concurrency: null })
    await jobs.close(5_000)
    await creator.retry(jobId, null)
    const job = await jobDetail(creator, jobId)
    assert.deepEqual(
      [job.jobState, job.result, job.error, job.finishedAt, job.percentComplete],
      ['pending', null, null, null, 66],
    )
    assert.deepEqual(
      job.steps.map((step) => [step.status, step.result]),
      [
        ['completed', { attempt: 1 }],
        ['completed', { attempt: 1 }],
        ['pending', null],
      ],
    )
    assert.equal((await treeRows(database, jobId))[0]?.['tries'], 0)
    assert.equal(await queueState(database, jobId), 'created')
    await using runner = await startTestJobs(database, [inSteps(ran)])
    const ended = await jobReaches(runner, jobId)
    assert.deepEqual([ended.jobState, ended.result, ended.percentComplete], ['completed', { attempts: 2 }, 100])
    assert.deepEqual(ran, ['step_one', 'step_two', 'step_three', 'step_three'])
  })

  test('the log of a retried job says whether a step was completed before', async () => {
    const type = jobType(
      'at-once',
      (job) =>
        job.step('step_only', async () => {
          if (job.attempt === 1) throw new PermanentError('broken')
          return {}
        }),
      { steps: [{ name: 'step_only', weight: 1 }] },
    )
    await using jobs = await startTestJobs(database, [type, inSteps([])])
    for (const [name, line] of [
      ['at-once', 'Attempt 2: beginning at the first step'],
      ['in-steps', 'Attempt 2: continuing after the last completed step'],
    ] as const) {
      const { jobId } = await jobs.create({ jobType: name, accountId: null })
      await jobReaches(jobs, jobId, ['failed'])
      await jobs.retry(jobId, null)
      const lines = (await jobReaches(jobs, jobId)).logs.map(({ message }) => message)
      assert.ok(lines.includes(line), lines.join('\n'))
    }
  })

  test('a retry with fromStep repeats that step and later ones', async () => {
    const ran: string[] = []
    await using jobs = await startTestJobs(database, [inSteps(ran)])
    const { jobId } = await jobs.create({ jobType: 'in-steps', accountId: null })
    await jobReaches(jobs, jobId, ['failed'])
    await assert.rejects(jobs.retry(jobId, 'step_none'), { code: 'JOB_STEP_UNKNOWN', status: 400 })
    ran.length = 0
    await jobs.retry(jobId, 'step_two')
    const { steps: ended } = await jobReaches(jobs, jobId, ['completed'])
    assert.deepEqual(ran, ['step_two', 'step_three'])
    assert.deepEqual(
      ended.map((step) => step.result),
      [{ attempt: 1 }, { attempt: 2 }, { attempt: 2 }],
    )
  })

  test('a retry of an active, completed or unknown job is refused', async () => {
    const runs = signal()
    const mayEnd = signal()
    const type = jobType('gated', async () => {
      runs.resolve()
      await mayEnd.promise
      return {}
    })
    await using jobs = await startTestJobs(database, [type])
    const { jobId } = await jobs.create({ jobType: 'gated', accountId: null })
    await runs.promise
    await assert.rejects(jobs.retry(jobId, null), { code: 'JOB_ACTIVE', status: 409 })
    mayEnd.resolve()
    await jobReaches(jobs, jobId, ['completed'])
    await assert.rejects(jobs.retry(jobId, null), { code: 'JOB_COMPLETED', status: 409 })
    await assert.rejects(jobs.retry('00000000-0000-7000-8000-000000000000', null), { code: 'JOB_NOT_FOUND', status: 404 })
  })

  test('a retry that is refused, because its type is active or unknown, changes nothing', async () => {
    const type = jobType('only-one', async (job) => await untilAborted(job.signal), { exclusive: true })
    await using jobs = await startTestJobs(database, [type])
    const { jobId } = await jobs.create({ jobType: 'only-one', accountId: null })
    await jobs.cancel(jobId, 'by hand')
    await jobReaches(jobs, jobId, ['cancelled'])
    const other = await jobs.create({ jobType: 'only-one', accountId: null })
    await assert.rejects(jobs.retry(jobId, null), { code: 'JOB_TYPE_ACTIVE', status: 409 })
    await jobs.cancel(other.jobId, 'by hand')
    await jobReaches(jobs, other.jobId, ['cancelled'])
    await using stranger = await startTestJobs(database, [jobType('another', async () => ({}))], { concurrency: null })
    await assert.rejects(stranger.retry(jobId, null), { code: 'JOB_TYPE_UNKNOWN', status: 400 })
    assert.equal((await jobRecord(jobs, jobId)).jobState, 'cancelled')
  })

  test('of two concurrent retries the second finds the job active', async () => {
    const type = jobType('contested', async () => {
      throw new PermanentError('broken')
    })
    await using jobs = await startTestJobs(database, [type])
    const { jobId } = await jobs.create({ jobType: 'contested', accountId: null })
    await jobReaches(jobs, jobId, ['failed'])
    await jobs.close(5_000)
    const hold = holdAt('in-retry')
    await using first = await startTestJobs(database, [type], { concurrency: null, faults: hold.faults })
    const one = first.retry(jobId, null)
    await hold.reached
    const two = assert.rejects(first.retry(jobId, null), { code: 'JOB_ACTIVE' })
    await lockIsAwaited(database)
    hold.release()
    await one
    await two
    await first.cancel(jobId, 'end of the test')
  })

  test('a retry fences off a run that was left behind', async () => {
    const leftBehind = signal()
    const wrote = signal<unknown>()
    const type = jobType(
      'stubborn',
      async (job) => {
        if (job.attempt > 1) return { attempt: job.attempt }
        return await job.step('step_only', async (step) => {
          // Ignores its cancel and lives until the new attempt has ended.
          await leftBehind.promise
          await step.transaction(async () => {}).then(wrote.resolve, wrote.resolve)
          return { attempt: 1 }
        })
      },
      { steps: [{ name: 'step_only', weight: 1 }] },
    )
    await using jobs = await startTestJobs(database, [type], { stopMilliseconds: 10 })
    const { jobId } = await jobs.create({ jobType: 'stubborn', accountId: null })
    await jobReaches(jobs, jobId, ['running'])
    await jobs.cancel(jobId, 'by hand')
    await jobReaches(jobs, jobId, ['cancelled'])
    await jobs.retry(jobId, null)
    assert.deepEqual((await jobReaches(jobs, jobId, ['completed'])).result, { attempt: 2 })
    leftBehind.resolve()
    assert.ok((await wrote.promise) instanceof Error, 'the old run could write')
    assert.deepEqual((await jobRecord(jobs, jobId)).result, { attempt: 2 })
  })
})

describe('retry of a job with children', () => {
  const broken = new Set<unknown>()
  const ran: unknown[] = []
  const child = jobType('child', async (job) => {
    ran.push(job.parameters['n'])
    if (broken.has(job.parameters['n'])) throw new PermanentError('broken')
    return {}
  })
  const parent = jobType(
    'parent',
    async () =>
      new FanOut(
        [0, 1, 2].map((n) => ({ jobType: 'child', parameters: { n } })),
        { onChildFailure: 'fail' },
      ),
  )
  const grand = jobType('grand', async () => new FanOut([{ jobType: 'parent', parameters: {} }], { onChildFailure: 'fail' }))

  test('a retried parent waits for the children that did not complete, grandchildren included; the others do not run again', async () => {
    broken.add(1).add(2)
    ran.length = 0
    await using jobs = await startTestJobs(database, [grand, parent, child])
    const { jobId } = await jobs.create({ jobType: 'grand', accountId: null })
    const failed = await jobReaches(jobs, jobId)
    assert.equal(failed.jobState, 'failed')
    broken.clear()
    await assert.rejects(jobs.retry(jobId, 'step_one'), { code: 'JOB_STEP_UNKNOWN' })
    ran.length = 0
    await jobs.retry(jobId, null)
    const ended = await jobReaches(jobs, jobId)
    assert.equal(ended.jobState, 'completed')
    assert.equal(ended.percentComplete, 100)
    assert.deepEqual(ran.toSorted(), [1, 2])
    assert.deepEqual([...new Set(await states(jobId))], ['completed'])
  })

  test('a retried child reopens its ancestors, even completed ones', async () => {
    broken.add(1)
    await using jobs = await startTestJobs(database, [
      jobType(
        'lenient',
        async () =>
          new FanOut(
            [0, 1].map((n) => ({ jobType: 'child', parameters: { n } })),
            { onChildFailure: 'report' },
          ),
      ),
      child,
    ])
    const { jobId } = await jobs.create({ jobType: 'lenient', accountId: null })
    const first = await jobReaches(jobs, jobId)
    assert.deepEqual([first.jobState, first.result], ['completed', { children: { completed: 1, failed: 1, cancelled: 0 } }])
    broken.clear()
    const failed = (await treeRows(database, jobId)).find((row) => row['job_state'] === 'failed')
    await jobs.retry(String(failed?.['id']), null)
    const again = await jobReaches(jobs, String(failed?.['id']), ['completed'])
    assert.equal(again.parentJobId, jobId)
    const ended = await jobReaches(jobs, jobId)
    assert.deepEqual([ended.jobState, ended.result], ['completed', { children: { completed: 2, failed: 0, cancelled: 0 } }])
  })

  test('a child retried while its siblings run is counted as open again', async () => {
    const runs = signal()
    const mayEnd = signal()
    broken.add(1)
    const slow = jobType('slow', async (job) => {
      if (job.parameters['n'] === 1 && broken.has(1)) throw new PermanentError('broken')
      if (job.parameters['n'] === 0) {
        runs.resolve()
        await mayEnd.promise
      }
      return {}
    })
    const family = jobType(
      'family',
      async () =>
        new FanOut(
          [0, 1].map((n) => ({ jobType: 'slow', parameters: { n } })),
          { onChildFailure: 'fail' },
        ),
    )
    await using jobs = await startTestJobs(database, [family, slow], {
      concurrency: { import: 1, maintenance: 1, light: 2, export: 1 },
    })
    const { jobId } = await jobs.create({ jobType: 'family', accountId: null })
    await runs.promise
    const rows = await treeRows(database, jobId)
    const second = String(rows.find((row) => (row['parameters'] as { n?: number }).n === 1)?.['id'])
    await jobReaches(jobs, second, ['failed'])
    broken.clear()
    await jobs.retry(second, null)
    await jobReaches(jobs, second, ['completed'])
    assert.equal((await jobRecord(jobs, jobId)).jobState, 'running', 'one child is still running')
    mayEnd.resolve()
    assert.equal((await jobReaches(jobs, jobId)).jobState, 'completed')
  })

  test('a retried parent whose children all completed completes without running anything', async () => {
    const runs = signal()
    const mayEnd = signal()
    let count = 0
    const deaf = jobType('deaf', async () => {
      count++
      runs.resolve()
      await mayEnd.promise
      return {}
    })
    const one = jobType('one', async () => new FanOut([{ jobType: 'deaf', parameters: {} }], { onChildFailure: 'fail' }))
    await using jobs = await startTestJobs(database, [one, deaf])
    const { jobId } = await jobs.create({ jobType: 'one', accountId: null })
    await runs.promise
    await jobs.cancel(jobId, 'by hand')
    mayEnd.resolve()
    assert.equal((await jobReaches(jobs, jobId)).jobState, 'cancelled')
    assert.deepEqual(await states(jobId), ['cancelled', 'completed'])
    await jobs.retry(jobId, null)
    const ended = await jobReaches(jobs, jobId)
    assert.deepEqual([ended.jobState, ended.percentComplete], ['completed', 100])
    assert.equal(count, 1)
  })
})

describe('totals of children', () => {
  const failWhen = { field: 'failed', reaches: 4, message: 'all cells failed' }
  const totals = { sum: ['indexed', 'failed'], missing: 'failed', failWhen }
  const children = [1, 3].map((cells) => ({ jobType: 'batch', parameters: { cells }, weight: cells }))
  const parent = jobType('totals', async () => new FanOut(children, { onChildFailure: 'report', totals }))

  test('a failed child adds its weight to the field that the parent names', async () => {
    const batch = jobType('batch', async (job) => {
      if (job.parameters['cells'] === 3) throw new PermanentError('broken')
      return { indexed: 1, failed: 0 }
    })
    await using jobs = await startTestJobs(database, [parent, batch])
    const { jobId } = await jobs.create({ jobType: 'totals', accountId: null })
    const job = await jobReaches(jobs, jobId)
    assert.equal(job.jobState, 'completed')
    assert.deepEqual(job.result, { indexed: 1, failed: 3, children: { completed: 1, failed: 1, cancelled: 0 } })
  })

  test('completed children run again from their first step when their totals failed the parent', async () => {
    let good = false
    const batch = jobType('batch', async (job) => {
      const cells = Number(job.parameters['cells'])
      return await job.step('step_read', async () => (good ? { indexed: cells, failed: 0 } : { indexed: 0, failed: cells }))
    })
    await using jobs = await startTestJobs(database, [parent, batch])
    const { jobId } = await jobs.create({ jobType: 'totals', accountId: null })
    assert.equal((await jobReaches(jobs, jobId)).jobState, 'failed')
    good = true
    await jobs.retry(jobId, null)
    const job = await jobReaches(jobs, jobId)
    assert.equal(job.jobState, 'completed')
    assert.deepEqual(job.result, { indexed: 4, failed: 0, children: { completed: 2, failed: 0, cancelled: 0 } })
  })
})
