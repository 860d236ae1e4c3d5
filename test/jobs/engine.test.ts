import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { FanOut, type JobType } from '#jobs/model/job-type.ts'
import { integerOf } from '#jobs/model/read-parameters.ts'
import { AppError, PermanentError } from '#lib/errors.ts'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { jobDetail, jobReaches, jobRecord, jobType, signal, silenceWorker, startTestJobs, untilAborted } from '#test/jobs.ts'

let database: TestDatabase
before(async () => {
  database = await createTestDatabase()
})
after(() => database.close())

const everything = { visibility: { all: true } as const, activeOnly: false, limit: 200, offset: 0 }

describe('a job that runs', () => {
  test('a completed job has its steps, log, progress and result', async () => {
    const type = jobType(
      'two-steps',
      async (job) => {
        job.log.info('Reading 3 cells')
        const read = await job.step('step_read', async (step) => {
          step.progress(0.5)
          return { cells: 3 }
        })
        job.log.warning('One cell is odd')
        await job.step('step_write', async () => undefined)
        return { cells: read.cells }
      },
      {
        steps: [
          { name: 'step_read', weight: 3 },
          { name: 'step_write', weight: 1 },
        ],
      },
    )
    await using jobs = await startTestJobs(database, [type])
    const created = await jobs.create({ jobType: 'two-steps', accountId: null, parameters: { depth: 3 }, priority: 7 })
    assert.equal(created.jobState, 'pending')
    const job = await jobReaches(jobs, created.jobId)
    assert.equal(job.jobState, 'completed')
    assert.equal(job.percentComplete, 100)
    assert.equal(job.priority, 7)
    assert.deepEqual(job.parameters, { depth: 3 })
    assert.deepEqual(job.result, { cells: 3 })
    assert.deepEqual(
      job.logs.map((line) => [line.type, line.message]),
      [
        ['info', 'Reading 3 cells'],
        ['warning', 'One cell is odd'],
      ],
    )
    assert.match(job.logs[0]?.timestamp ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/)
    assert.deepEqual(
      job.steps.map((step) => [step.stepName, step.status, step.attempt, step.result]),
      [
        ['step_read', 'completed', 1, { cells: 3 }],
        ['step_write', 'completed', 1, null],
      ],
    )
    for (const step of job.steps)
      assert.ok(step.startedAt !== null && step.completedAt !== null && step.completedAt >= step.startedAt)
  })

  test('a running job has a null result and less than 100 per cent', async () => {
    const reached = signal()
    const release = signal()
    const type = jobType(
      'held',
      async (job) => {
        await job.step('step_all', async (step) => {
          step.progress(1)
          reached.resolve()
          await release.promise
        })
        return { done: true }
      },
      { steps: [{ name: 'step_all', weight: 1 }] },
    )
    await using jobs = await startTestJobs(database, [type])
    const { jobId } = await jobs.create({ jobType: 'held', accountId: null })
    await reached.promise
    const during = await jobRecord(jobs, jobId)
    assert.equal(during.jobState, 'running')
    assert.equal(during.result, null)
    assert.ok(during.percentComplete < 100)
    release.resolve()
    assert.equal((await jobReaches(jobs, jobId)).jobState, 'completed')
  })

  test('the last progress of a step is shown, however soon it follows the one before', async () => {
    const release = signal()
    const type = jobType(
      'hasty',
      async (job) => {
        await job.step('step_all', async (step) => {
          step.progress(0.1)
          step.progress(0.6)
          await release.promise
        })
        return {}
      },
      { steps: [{ name: 'step_all', weight: 1 }] },
    )
    await using jobs = await startTestJobs(database, [type])
    const { jobId } = await jobs.create({ jobType: 'hasty', accountId: null })
    try {
      const deadline = performance.now() + 20_000
      let shown = 0
      while (shown < 60 && performance.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 50))
        shown = (await jobRecord(jobs, jobId)).percentComplete
      }
      assert.equal(shown, 60)
    } finally {
      release.resolve()
    }
    await jobReaches(jobs, jobId)
  })

  test('a step that never ran is skipped when its job completes', async () => {
    const type = jobType('short', async () => ({}), { steps: [{ name: 'step_never', weight: 1 }] })
    await using jobs = await startTestJobs(database, [type])
    const { jobId } = await jobs.create({ jobType: 'short', accountId: null })
    assert.equal((await jobReaches(jobs, jobId)).steps[0]?.status, 'skipped')
  })
})

describe('a backlog', () => {
  test('no worker of a queue sleeps until the next poll while jobs wait', async () => {
    // Each job ends once another runs beside it, so a worker that slept after its first job would leave the other waiting forever.
    let alone: PromiseWithResolvers<void> | null = null
    const pair = jobType('pair', async () => {
      if (alone === null) {
        alone = signal()
        await alone.promise
      } else {
        alone.resolve()
        alone = null
      }
      return {}
    })
    const all = jobType(
      'all-pairs',
      async () =>
        new FanOut(
          Array.from({ length: 12 }, () => ({ jobType: 'pair', parameters: {} })),
          { onChildFailure: 'fail' },
        ),
      { queue: 'import' },
    )
    const queue = { heartbeatSeconds: 10, monitorSeconds: 1, pollSeconds: 3_600 }
    const concurrency = { import: 1, maintenance: 1, light: 2, export: 1 }
    await using jobs = await startTestJobs(database, [pair, all], { queue, concurrency })
    const { jobId } = await jobs.create({ jobType: 'all-pairs', accountId: null })
    assert.equal((await jobReaches(jobs, jobId)).jobState, 'completed')
  })
})

describe('priority', () => {
  test('jobs run by priority, then by age', async () => {
    const order: unknown[] = []
    const reached = signal()
    const release = signal()
    const type = jobType('ordered', async (job) => {
      if (job.parameters['n'] === 'first') {
        reached.resolve()
        await release.promise
      }
      order.push(job.parameters['n'])
      return {}
    })
    await using jobs = await startTestJobs(database, [type])
    await jobs.create({ jobType: 'ordered', accountId: null, parameters: { n: 'first' } })
    await reached.promise
    const ids: string[] = []
    for (const [n, priority] of [
      ['low', -1],
      ['a', 0],
      ['b', 0],
      ['high', 5],
    ] as const) {
      ids.push((await jobs.create({ jobType: 'ordered', accountId: null, parameters: { n }, priority })).jobId)
    }
    release.resolve()
    for (const id of ids) await jobReaches(jobs, id)
    assert.deepEqual(order, ['first', 'high', 'a', 'b', 'low'])
  })

  test('children run in the order of their list, also after a shutdown put the first one back, and when retried', async () => {
    const order: string[] = []
    let running = signal()
    const child = jobType('in-line', async (job) => {
      const attempt = `${job.parameters['n']} in attempt ${job.attempt}`
      order.push(attempt)
      // The first child is running when the server stops, once in its first attempt and once after a retry.
      if (attempt === '0 in attempt 1' || attempt === '0 in attempt 3') {
        running.resolve()
        await untilAborted(job.signal)
      }
      if (job.attempt < 3) throw new PermanentError('to be retried')
      return {}
    })
    const parent = jobType('line', async () => {
      const children = [0, 1, 2].map((n) => ({ jobType: 'in-line', parameters: { n } }))
      return new FanOut(children, { onChildFailure: 'fail' })
    })
    const types = [parent, child]
    const first = await startTestJobs(database, types)
    const { jobId } = await first.create({ jobType: 'line', accountId: null })
    await running.promise
    await first.close()
    const second = await startTestJobs(database, types)
    await jobReaches(second, jobId, ['failed'])
    running = signal()
    await second.retry(jobId, null)
    await running.promise
    await second.close()
    await using third = await startTestJobs(database, types)
    await jobReaches(third, jobId)
    assert.deepEqual(order, [
      '0 in attempt 1',
      '0 in attempt 2',
      '1 in attempt 1',
      '2 in attempt 1',
      '0 in attempt 3',
      '0 in attempt 4',
      '1 in attempt 2',
      '2 in attempt 2',
    ])
  })

  test('a full queue is emptied without waiting for polls', async () => {
    const type = jobType('quick', async () => ({}))
    await using jobs = await startTestJobs(database, [type], {
      queue: { heartbeatSeconds: 10, monitorSeconds: 1, pollSeconds: 30 },
    })
    const ids: string[] = []
    for (let n = 0; n < 30; n++) ids.push((await jobs.create({ jobType: 'quick', accountId: null })).jobId)
    // 30 jobs with a poll of 30 s between them would take a quarter of an hour; the deadline only ends a failing test.
    for (const id of ids) await jobReaches(jobs, id, ['completed'], 20_000)
  })
})

describe('uniqueness', () => {
  test('of exclusive jobs created at once one is created and the others are refused with 409', async () => {
    const release = signal()
    const type = jobType(
      'alone',
      async () => {
        await release.promise
        return {}
      },
      { exclusive: true },
    )
    await using jobs = await startTestJobs(database, [type])
    const results = await Promise.allSettled([1, 2, 3].map(() => jobs.create({ jobType: 'alone', accountId: null })))
    const refused = results.filter((result) => result.status === 'rejected').map((result) => result.reason)
    assert.equal(refused.length, 2)
    for (const error of refused) {
      assert.ok(error instanceof AppError)
      assert.equal(error.code, 'JOB_TYPE_ACTIVE')
      assert.equal(error.status, 409)
    }
    release.resolve()
    const created = results.find((result) => result.status === 'fulfilled')
    assert.ok(created)
    await jobReaches(jobs, created.value.jobId)
    const again = await jobs.create({ jobType: 'alone', accountId: null })
    assert.equal((await jobReaches(jobs, again.jobId)).jobState, 'completed')
  })

  test('a job of an unknown type is refused with 400', async () => {
    await using jobs = await startTestJobs(database, [jobType('known', async () => ({}))])
    await assert.rejects(jobs.create({ jobType: 'unknown', accountId: null }), { code: 'JOB_TYPE_UNKNOWN', status: 400 })
  })

  test('when the queue refuses a job, nothing is recorded', async () => {
    await using jobs = await startTestJobs(database, [jobType('never-queued', async () => ({}))])
    await sql`alter table pgboss.job_common rename to job_away`.execute(database.db)
    try {
      await assert.rejects(jobs.create({ jobType: 'never-queued', accountId: null }))
    } finally {
      await sql`alter table pgboss.job_away rename to job_common`.execute(database.db)
    }
    const { jobs: all } = await jobs.list(everything)
    assert.equal(all.filter((job) => job.jobType === 'never-queued').length, 0)
  })
})

describe('failure', () => {
  test('a retryable error is retried without repeating completed steps', async () => {
    let reads = 0
    let writes = 0
    const type = jobType('flaky', async (job) => {
      await job.step('step_read', async () => {
        reads++
      })
      await job.step('step_write', async () => {
        if (++writes === 1) throw new Error('the disk was busy')
      })
      return { attempt: job.attempt }
    })
    await using jobs = await startTestJobs(database, [type])
    const { jobId } = await jobs.create({ jobType: 'flaky', accountId: null })
    const job = await jobReaches(jobs, jobId)
    assert.equal(job.jobState, 'completed')
    assert.deepEqual([reads, writes], [1, 2])
    assert.deepEqual(job.result, { attempt: 2 })
    assert.deepEqual(
      job.steps.map((step) => [step.stepName, step.attempt, step.error]),
      [
        ['step_read', 1, null],
        ['step_write', 2, null],
      ],
    )
    assert.ok(job.logs.some((line) => line.type === 'warning' && line.message.includes('the disk was busy')))
  })

  test('a job fails after three tries with the last error', async () => {
    let runs = 0
    const type = jobType('hopeless', async () => {
      runs++
      throw new Error('no such host')
    })
    await using jobs = await startTestJobs(database, [type])
    const { jobId } = await jobs.create({ jobType: 'hopeless', accountId: null })
    const job = await jobReaches(jobs, jobId)
    assert.equal(job.jobState, 'failed')
    assert.equal(runs, 3)
    assert.deepEqual(job.result, { error: 'no such host' })
    assert.ok(job.percentComplete < 100)
    assert.deepEqual(job.logs.at(-1)?.type, 'error')
  })

  test('a job whose stored parameters its type cannot parse fails at once and says what is wrong', async () => {
    let runs = 0
    const type: JobType<{ depth: number }> = {
      ...jobType('typed', async () => ({})),
      parse: (parameters) => ({ depth: integerOf(parameters, 'depth') }),
      run: async (job) => ({ runs: ++runs, twice: 2 * job.parameters.depth }),
    }
    await using jobs = await startTestJobs(database, [type])
    const right = await jobs.create({ jobType: 'typed', accountId: null, parameters: { depth: 3 } })
    assert.deepEqual((await jobReaches(jobs, right.jobId)).result, { runs: 1, twice: 6 })
    const wrong = await jobs.create({ jobType: 'typed', accountId: null, parameters: { depth: 'deep' } })
    const job = await jobReaches(jobs, wrong.jobId)
    const message = 'the stored parameters are not valid for jobs of type typed: depth must be an integer'
    assert.deepEqual([job.jobState, job.result], ['failed', { error: message }])
    assert.equal((await jobDetail(jobs, wrong.jobId)).attempt, 1)
    assert.equal(runs, 1)
  })

  test('a permanent error is not retried', async () => {
    let runs = 0
    const type = jobType('broken-input', (job) =>
      job.step('step_read', async () => {
        runs++
        throw new PermanentError('the catalogue is not XML')
      }),
    )
    await using jobs = await startTestJobs(database, [type])
    const { jobId } = await jobs.create({ jobType: 'broken-input', accountId: null })
    const job = await jobReaches(jobs, jobId)
    assert.equal(job.jobState, 'failed')
    assert.equal(runs, 1)
    assert.equal(job.steps[0]?.status, 'failed')
    assert.match(JSON.stringify(job.steps[0]?.error), /the catalogue is not XML/)
  })
})

describe('a worker presumed dead', () => {
  test('a silent worker loses its claim to the next delivery and writes nothing more', async () => {
    const events: string[] = []
    const firstRuns = signal()
    const firstMayContinue = signal()
    const type = jobType('silent', async (job) => {
      await job.step('step_work', async (step) => {
        if (job.attempt === 1) {
          firstRuns.resolve()
          await firstMayContinue.promise
          job.log.error('written too late')
          await step.transaction(async (trx) => {
            await sql`insert into setting (name, value) values ('late', '1')`.execute(trx)
          })
          events.push('the late write succeeded')
        }
      })
      return { by: job.attempt }
    })
    await using jobs = await startTestJobs(database, [type], { concurrency: { import: 1, maintenance: 1, light: 2, export: 1 } })
    const { jobId } = await jobs.create({ jobType: 'silent', accountId: null })
    await firstRuns.promise
    await silenceWorker(database, jobId)
    const job = await jobReaches(jobs, jobId)
    firstMayContinue.resolve()
    assert.equal(job.jobState, 'completed')
    assert.deepEqual(job.result, { by: 2 })
    assert.equal(job.steps[0]?.attempt, 2)
    await jobs.close()
    const late = await sql`select 1 from setting where name = 'late'`.execute(database.db)
    assert.equal(late.rows.length, 0)
    assert.deepEqual(events, [])
    const stored = await sql<{ message: string }>`select message from job_log where job_id = ${jobId}`.execute(database.db)
    assert.ok(!stored.rows.some((row) => row.message === 'written too late'))
  })

  test('a job that loses its worker three times fails and says so', async () => {
    const starts: (() => void)[] = []
    const type = jobType('poison', async () => {
      starts.shift()?.()
      await new Promise(() => {})
      return {}
    })
    const jobs = await startTestJobs(database, [type], { concurrency: { import: 1, maintenance: 1, light: 4, export: 1 } })
    const waits = [1, 2, 3].map(() => new Promise<void>((resolve) => starts.push(resolve)))
    const { jobId } = await jobs.create({ jobType: 'poison', accountId: null })
    for (const wait of waits) {
      await wait
      await silenceWorker(database, jobId)
    }
    const job = await jobReaches(jobs, jobId)
    assert.equal(job.jobState, 'failed')
    assert.match(JSON.stringify(job.result), /the worker was lost 3 times/)
    // The handlers never return, so the engine closes without its usual grace.
    await jobs.close(100)
  })
})

describe('shutdown', () => {
  test('a shutdown puts a running job back, and the next start completes it without losing a try', async () => {
    const running = signal()
    let runs = 0
    const type = jobType('interrupted', async (job) => {
      await job.step('step_first', async () => undefined)
      return await job.step('step_long', async () => {
        if (++runs === 1) {
          running.resolve()
          await new Promise((_, reject) => job.signal.addEventListener('abort', () => reject(job.signal.reason), { once: true }))
        }
        return { runs }
      })
    })
    const first = await startTestJobs(database, [type])
    const { jobId } = await first.create({ jobType: 'interrupted', accountId: null })
    await running.promise
    await first.close()
    const between = await jobRecord(first, jobId)
    assert.equal(between.jobState, 'pending')
    assert.deepEqual(
      between.steps.map((step) => step.status),
      ['completed', 'pending'],
    )
    const tries = await sql<{ tries: number }>`select tries from job where id = ${jobId}`.execute(database.db)
    assert.equal(tries.rows[0]?.tries, 0)
    await using second = await startTestJobs(database, [type])
    const job = await jobReaches(second, jobId)
    assert.equal(job.jobState, 'completed')
    assert.deepEqual(
      job.steps.map((step) => [step.stepName, step.attempt]),
      [
        ['step_first', 1],
        ['step_long', 2],
      ],
    )
  })
})
