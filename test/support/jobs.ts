import { sql } from 'kysely'
import { createJobs, type Jobs, type JobsOptions } from '#jobs/jobs.ts'
import type { FaultPoint, Faults } from '#jobs/model/faults.ts'
import type { JobRecord } from '#jobs/model/job-record.ts'
import type { FanOut, JobContext, JobResult, JobType, QueueName } from '#jobs/model/job-type.ts'
import { recordOf } from '#jobs/model/read-parameters.ts'
import type { JobDetail } from '#jobs/read/get-job.ts'
import { silentLog } from '#lib/log.ts'
import type { TestDatabase } from './database.ts'

/** A job type for a test, with defaults for what the test does not name. Its parameters are any object. */
export function jobType(
  name: string,
  run: (job: JobContext<Record<string, unknown>>) => Promise<JobResult | FanOut>,
  rest: Partial<Omit<JobType, 'name' | 'parse' | 'run'>> = {},
): JobType {
  const type: JobType<Record<string, unknown>> = {
    ...{ name, queue: 'light', creatable: true, exclusive: false, steps: [], ...rest },
    parse: recordOf,
    run,
  }
  return type
}

export interface TestJobs extends Jobs {
  [Symbol.asyncDispose](): Promise<void>
}

/** An engine on a test database with short intervals; disposing stops it. */
export async function startTestJobs(
  database: TestDatabase,
  types: JobType[],
  rest: Partial<JobsOptions> = {},
): Promise<TestJobs> {
  const concurrency: Record<QueueName, number> = { import: 2, maintenance: 1, light: 1, export: 1 }
  const jobs = createJobs({
    db: database.db,
    url: database.url,
    names: types.map((type) => type.name),
    types,
    log: silentLog(),
    concurrency,
    soleWorker: true,
    queue: { heartbeatSeconds: 10, monitorSeconds: 1, pollSeconds: 1 },
    retryDelaySeconds: 0,
    ...rest,
  })
  await jobs.start()
  return { ...jobs, [Symbol.asyncDispose]: () => jobs.close(5_000) }
}

/** A job as List Jobs shows it. */
export async function jobRecord(jobs: Pick<Jobs, 'list'>, id: string): Promise<JobRecord> {
  const page = await jobs.list({ visibility: { all: true }, activeOnly: false, limit: 200, offset: 0 })
  const found = page.jobs.find((job) => job.id === id)
  if (found === undefined) throw new Error(`job ${id} is not in the list`)
  return found
}

/** Resolves with the job once it has one of the states; after the deadline, which only ends a wait for a job that hangs, throws an error with the last record. */
export async function jobReaches(
  jobs: Pick<Jobs, 'list'>,
  id: string,
  states: readonly JobRecord['jobState'][] = ['completed', 'failed', 'cancelled'],
  deadlineMilliseconds = 300_000,
): Promise<JobRecord> {
  const deadline = performance.now() + deadlineMilliseconds
  for (;;) {
    const job = await jobRecord(jobs, id)
    if (states.includes(job.jobState)) return job
    if (performance.now() > deadline) throw new Error(`job ${id} did not become ${states.join(' or ')}: ${JSON.stringify(job)}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/** A promise resolved from outside: tests wait for events, never for time. */
export function signal<T = void>() {
  return Promise.withResolvers<T>()
}

/** Moves the last heartbeat of a job's worker into the past, as if it had fallen silent. */
export async function silenceWorker(database: TestDatabase, jobId: string): Promise<void> {
  await sql`update pgboss.job set heartbeat_on = now() - interval '1 hour' where id = ${jobId}`.execute(database.db)
}

/** Everything about one job. */
export async function jobDetail(jobs: Pick<Jobs, 'get'>, id: string): Promise<JobDetail> {
  const job = await jobs.get({ all: true }, id)
  if (job === null) throw new Error(`there is no job ${id}`)
  return job
}

/** The rows of a tree in the job table, the root first and the others in the order of their creation. */
export async function treeRows(database: TestDatabase, rootId: string) {
  const result = await sql<Record<string, unknown>>`
    select * from job where root_job_id = ${rootId} order by parent_job_id nulls first, created_at, id
  `.execute(database.db)
  return result.rows
}

/** The state of a job's queue entry, or null. */
export async function queueState(database: TestDatabase, jobId: string): Promise<string | null> {
  const result = await sql<{ state: string }>`select state from pgboss.job where id = ${jobId}`.execute(database.db)
  return result.rows[0]?.state ?? null
}

/** Rejects when the signal aborts: a handler that runs until it is stopped. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

export interface Hold {
  faults: Faults
  /** Resolves when the point is first reached. */
  reached: Promise<void>
  release(): void
}

/** Stops the engine the first time it reaches a point, until released. */
export function holdAt(point: FaultPoint): Hold {
  const reached = signal()
  const release = signal()
  let held = false
  return {
    faults: {
      async hit(at) {
        if (at !== point || held) return
        held = true
        reached.resolve()
        await release.promise
      },
    },
    reached: reached.promise,
    release: release.resolve,
  }
}

/** Resolves once a statement in this database waits for a lock. */
export async function lockIsAwaited(database: TestDatabase): Promise<void> {
  for (;;) {
    const waiting = await sql`
      select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
    `.execute(database.db)
    if (waiting.rows.length > 0) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
