import assert from 'node:assert/strict'
import fc from 'fast-check'
import { sql } from 'kysely'
import { PgBoss, type Job as QueueJob } from 'pg-boss'
import { FanOut, type JobType } from '#jobs/model/job-type.ts'
import { createRegistry, type Registry } from '#jobs/model/registry.ts'
import { createDeliveryQueue, type Delivery, type DeliveryQueue } from '#jobs/queue/delivery-queue.ts'
import { enqueueJob } from '#jobs/queue/enqueue.ts'
import { ClaimLostError } from '#jobs/run/claim.ts'
import { claimJob } from '#jobs/run/claim-job.ts'
import { putJobBack } from '#jobs/run/put-back.ts'
import type { Run } from '#jobs/run/run.ts'
import { readHistory } from '#jobs/run/run-history.ts'
import { beginStep, completeStep } from '#jobs/run/run-steps.ts'
import { createRunWriter } from '#jobs/run/run-writer.ts'
import { settleRun } from '#jobs/run/settle.ts'
import { startChildren } from '#jobs/run/start-children.ts'
import { cancelTree } from '#jobs/tree/cancel.ts'
import { retryJob } from '#jobs/tree/retry-job.ts'
import { reconcile } from '#jobs/upkeep/reconcile.ts'
import { systemClock } from '#lib/clock.ts'
import { AppError } from '#lib/errors.ts'
import { silentLog } from '#lib/log.ts'
import { inconsistencies, installAudit, violations } from '#test/audit.ts'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { jobType } from '#test/jobs.ts'
import { JobModel, type ModelClaim, type ModelJob, STEPS } from './job-model.ts'

const OPERATIONS = [
  'create',
  'deliver',
  'deliver',
  'deliver',
  'step',
  'progress',
  'complete',
  'complete',
  'fail',
  'throw',
  'put back',
  'start children',
  'crash',
  'fall silent',
  'deliver twice',
  'cancel',
  'retry',
  'retry from',
  'lose entry',
] as const
type Operation = (typeof OPERATIONS)[number]
const QUEUE = 'light'
const stepNames = Array.from({ length: STEPS }, (_, index) => `step_${index}`)

/** A real run and the model's view of it, including runs whose worker fell silent: they may still try to write. */
interface Pair {
  run: Run
  claim: ModelClaim
}

export interface PropertyOptions {
  seed: number
  /** Sequences of operations. */
  count: number
  /** Operations in the longest sequence. */
  length: number
}

/**
 * Runs random sequences of operations on the engine's functions with a real PostgreSQL and queue, beside a model in memory. After
 * each operation both must agree on states, attempts, tries, counts of children, steps, the next delivery, and errors. fast-check
 * shortens a failing sequence and prints its seed and path.
 */
export async function runJobStoreProperty({ seed, count, length }: PropertyOptions): Promise<void> {
  const database = await createTestDatabase()
  const quiet = { url: database.url, log: silentLog(), heartbeatSeconds: 3_600, monitorSeconds: 3_600 }
  const deliveryQueue = createDeliveryQueue(quiet)
  await deliveryQueue.start()
  const fetcher = new PgBoss({ connectionString: database.url, migrate: false, supervise: false, schedule: false, max: 1 })
  fetcher.on('error', () => undefined)
  await fetcher.start()
  await installAudit(database.db)
  const operation = fc.record({ name: fc.constantFrom(...OPERATIONS), pick: fc.nat({ max: 999 }), more: fc.nat({ max: 999 }) })
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: length, size: 'max' }), async (operations) => {
        await sql`truncate job cascade`.execute(database.db)
        await sql`delete from pgboss.job`.execute(database.db)
        await sql`truncate audit_violation`.execute(database.db)
        const pair = createPair(database, deliveryQueue, fetcher)
        for (const { name, pick, more } of operations) {
          await pair.apply(name, pick, more)
          await pair.compare(name)
        }
        assert.deepEqual(await violations(database.db, ['revived']), [])
        await pair.apply('reconcile', 0, 0)
        await pair.compare('reconcile')
        assert.deepEqual(await inconsistencies(database.db), [])
      }),
      { seed, numRuns: count },
    )
  } finally {
    await fetcher.stop({ graceful: false })
    await deliveryQueue.stop(0)
    await database.close()
  }
}

function createPair(database: TestDatabase, deliveryQueue: DeliveryQueue, fetcher: PgBoss) {
  const { db } = database
  const steps = stepNames.map((name) => ({ name, weight: 1 }))
  const never = async () => ({})
  const types: JobType[] = [jobType('common', never, { steps }), jobType('alone', never, { steps, exclusive: true })]
  const registry: Registry = createRegistry(['common', 'alone'], types)
  const model = new JobModel()
  const byId = new Map<string, ModelJob>()
  let pairs: Pair[] = []

  const add = (job: ModelJob) => byId.set(job.id, job)
  const pickOf = <T>(list: readonly T[], pick: number): T | undefined => list[pick % Math.max(1, list.length)]

  /** Runs the operation; it must be refused with a lost claim exactly when the model says that the claim is lost. */
  async function write(pair: Pair, real: () => Promise<unknown>, then: () => void): Promise<void> {
    if (model.holds(pair.claim)) {
      await real()
      then()
    } else {
      await assert.rejects(real, ClaimLostError)
      forget(pair)
    }
  }

  function forget(pair: Pair): void {
    pairs = pairs.filter((each) => each !== pair)
  }

  async function deliver(): Promise<void> {
    const [entry] = await fetcher.fetch<object>(QUEUE)
    const job = model.next()
    assert.equal(entry?.id, job?.id, `the queue delivers ${entry?.id ?? 'nothing'}, expected is ${job?.id ?? 'nothing'}`)
    if (entry === undefined || job === undefined) return
    const number = model.deliver(job)
    assert.equal(entry.retryCount, number)
    const delivery = deliveryOf(entry)
    const claimed = await claimJob(db, delivery)
    const claim = model.claim(job, number)
    assert.equal(claimed === null, claim === null, `claim of delivery ${number}`)
    if (claimed === null || claim === null) {
      // The handler returns, and the queue ends the delivery.
      await fetcher.complete(QUEUE, { id: entry.id, retryCount: entry.retryCount })
      model.endDelivery(job, number)
      return
    }
    assert.equal(claimed.attempt, claim.attempt)
    assert.equal(claimed.cancelRequested, job.cancelRequested)
    const run: Run = { claim: claimed, queue: QUEUE, delivery }
    if (claimed.cancelRequested) {
      await settleRun(db, deliveryQueue, run, { state: 'cancelled' })
      return model.settle(claim, 'cancelled')
    }
    if (claimed.tries > 3) {
      await settleRun(db, deliveryQueue, run, failure)
      return model.settle(claim, 'failed')
    }
    pairs.push({ run, claim })
  }

  const failure = { state: 'failed', failure: { name: 'Error', message: 'broken' } } as const

  async function putBack(pair: Pair, counts: boolean): Promise<void> {
    const how = { delaySeconds: 0, counts, failure: counts ? failure.failure : null }
    const real = async () => {
      const done = await putJobBack(db, deliveryQueue, pair.run, how)
      if (!done) await settleRun(db, deliveryQueue, pair.run, { state: 'cancelled' })
    }
    await write(pair, real, () => model.putBack(pair.claim, counts))
    forget(pair)
  }

  async function startKids(pair: Pair, more: number): Promise<void> {
    const onChildFailure = more % 2 === 0 ? 'fail' : 'report'
    const kids = Array.from({ length: 1 + (more % 3) }, () => ({ jobType: 'common', parameters: {} }))
    const { job } = pair.claim
    if (job.children.length > 0) return
    const real = async () => {
      const done = await startChildren(db, deliveryQueue, registry, pair.run, new FanOut(kids, { onChildFailure }))
      if (!done) await settleRun(db, deliveryQueue, pair.run, { state: 'cancelled' })
    }
    const cancelled = job.cancelRequested
    await write(pair, real, () => undefined)
    forget(pair)
    const rows = await sql<{ id: string }>`select id from job where parent_job_id = ${job.id} order by id`.execute(db)
    if (rows.rows.length > 0) {
      const ids = rows.rows.map((row) => row.id)
      model.fanOut(pair.claim, ids, onChildFailure)
      for (const child of job.children) add(child)
    } else if (cancelled && model.holds(pair.claim)) model.settle(pair.claim, 'cancelled')
  }

  async function doStep(pair: Pair, more: number): Promise<void> {
    const index = more % STEPS
    const { claim } = pair.run
    const { job } = pair.claim
    if (job.steps[index] === 'completed') return
    const finishes = more % 3 !== 0
    const real = async () => {
      await beginStep(db, claim, stepNames[index] as string)
      if (finishes) await completeStep(db, claim, stepNames[index] as string, { index })
    }
    await write(pair, real, () => {
      job.steps[index] = finishes ? 'completed' : 'running'
      job.begun.add(index)
      job.erred.delete(index)
    })
  }

  async function progress(pair: Pair, more: number): Promise<void> {
    const { job } = pair.claim
    const writer = createRunWriter({
      db,
      clock: systemClock,
      log: silentLog(),
      claim: pair.run.claim,
      lastSeq: (await readHistory(db, job.id)).lastSeq,
      announcer: { changed: () => {}, close: async () => {} },
      onClaimLost: () => {},
    })
    writer.line('info', 'a line')
    writer.percent(more % 100)
    await write(
      pair,
      () => writer.flush(),
      () => {
        job.percent = Math.max(job.percent, more % 100)
        job.lines++
      },
    )
    writer.stop()
  }

  async function silence(pair: Pair): Promise<void> {
    const { job, number } = pair.claim
    const entry = model.queue.get(job)
    if (!entry?.active || entry.number !== number) return
    await fetcher.fail(QUEUE, job.id)
    model.lapse(job)
  }

  async function retry(job: ModelJob, fromStep: number | null): Promise<void> {
    const step = fromStep === null ? null : (stepNames[fromStep] as string)
    const code = model.retry(job, fromStep)
    const real = retryJob(db, deliveryQueue, registry, job.id, step)
    if (code === null) await real
    else await assert.rejects(real, (error) => error instanceof AppError && error.code === code)
  }

  async function create(pick: number, more: number): Promise<void> {
    const exclusive = more % 4 === 0
    const type = types[exclusive ? 1 : 0] as JobType
    const priority = (pick % 3) - 1
    const real = () => enqueueJob(db, deliveryQueue, type, { accountId: null, parameters: {}, priority, startedBy: null })
    if (exclusive && model.exclusiveActive()) return void (await assert.rejects(real, { code: 'JOB_TYPE_ACTIVE' }))
    add(model.create(await real(), priority, exclusive))
  }

  async function apply(name: Operation | 'reconcile', pick: number, more: number): Promise<void> {
    const pair = pickOf(pairs, pick)
    const job = pickOf(model.jobs, pick)
    if (name === 'create') return await create(pick, more)
    if (name === 'deliver') return await deliver()
    if (name === 'reconcile') {
      await sql`update job set updated_at = now() - interval '1 hour'`.execute(db)
      await reconcile(db, deliveryQueue, registry, silentLog())
      return model.reconcile()
    }
    if (job === undefined) return
    if (name === 'cancel') {
      assert.ok(await cancelTree(db, deliveryQueue, registry, job.id, 'by the test'))
      return model.cancel(job)
    }
    if (name === 'retry') return await retry(job, null)
    if (name === 'retry from') return await retry(job, more % STEPS)
    if (name === 'lose entry') {
      if (!model.queue.has(job)) return
      await sql`delete from pgboss.job where id = ${job.id}`.execute(db)
      model.queue.delete(job)
      return await apply('reconcile', 0, 0)
    }
    if (pair === undefined) return
    switch (name) {
      case 'step':
        return await doStep(pair, more)
      case 'progress':
        return await progress(pair, more)
      case 'complete':
      case 'fail': {
        const ending = name === 'complete' ? ({ state: 'completed', result: {} } as const) : failure
        await write(
          pair,
          () => settleRun(db, deliveryQueue, pair.run, ending),
          () => model.settle(pair.claim, ending.state),
        )
        return forget(pair)
      }
      case 'throw':
        return await putBack(pair, true)
      case 'put back':
        return await putBack(pair, false)
      case 'start children':
        return await startKids(pair, more)
      case 'crash':
        await silence(pair)
        return forget(pair)
      case 'fall silent':
        return await silence(pair)
      case 'deliver twice':
        assert.equal(await claimJob(db, pair.run.delivery), null)
    }
  }

  interface Row {
    id: string
    [column: string]: unknown
  }

  async function compare(after: string): Promise<void> {
    const actual = await sql<Row>`
      select id, job_state as state, attempt, tries, delivery, waiting, case when waiting then open_children end as open,
        case when waiting then failed_children end as failed, cancel_requested_at is not null as cancelled,
        array(select status from job_step where job_id = job.id order by ordinal) as steps,
        case when job_state <> 'completed' and exists (select 1 from job child where child.parent_job_id = job.id) then null else percent_complete
          end as percent,
        (select count(*)::int from job_log where job_id = job.id) as lines,
        (select state from pgboss.job entry where entry.id = job.id and state in ('created', 'retry', 'active')) as queued
      from job order by id
    `.execute(db)
    const expected = model.jobs
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((job): Row => {
        const entry = model.queue.get(job)
        return {
          id: job.id,
          state: job.state,
          attempt: job.attempt,
          tries: job.tries,
          delivery: job.delivery,
          waiting: job.waiting,
          open: job.waiting ? job.open : null,
          failed: job.waiting ? job.failed : null,
          cancelled: job.cancelRequested,
          steps: job.steps,
          // Until it completes, the mean of its children, which the model does not know.
          percent: job.children.length > 0 && job.state !== 'completed' ? null : job.percent,
          lines: job.lines,
          queued: entry === undefined ? null : entry.active ? 'active' : entry.delivered ? 'retry' : 'created',
        }
      })
    assert.deepEqual(actual.rows, expected, `after "${after}"`)
  }

  return { apply, compare }
}

function deliveryOf(entry: QueueJob<object>): Delivery {
  return { jobId: entry.id, number: entry.retryCount, signal: new AbortController().signal }
}
