import { sql } from 'kysely'
import type { JobRecord } from '#jobs/job-record.ts'
import type { JobContext, JobResult, JobType, QueueName } from '#jobs/job-type.ts'
import { createJobs, type Jobs, type JobsOptions } from '#jobs/jobs.ts'
import { silentLog } from '#lib/log.ts'
import type { TestDatabase } from './database.ts'

/** A job type for a test, with the parts that do not matter filled in. */
export function jobType(
  name: string,
  run: (job: JobContext) => Promise<JobResult>,
  rest: Partial<Omit<JobType, 'name' | 'run'>> = {},
): JobType {
  return { name, queue: 'light', creatable: true, exclusive: false, steps: [], ...rest, run }
}

export interface TestJobs extends Jobs {
  [Symbol.asyncDispose](): Promise<void>
}

/** An engine on a test database with fast timings; disposing it stops it. */
export async function startTestJobs(
  database: TestDatabase,
  types: JobType[],
  rest: Partial<JobsOptions> = {},
): Promise<TestJobs> {
  const concurrency: Record<QueueName, number> = { import: 2, maintenance: 1, light: 1 }
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

/** The one job of this id as List Jobs shows it. */
export async function jobRecord(jobs: Pick<Jobs, 'list'>, id: string): Promise<JobRecord> {
  const page = await jobs.list({ visibility: { all: true }, activeOnly: false, limit: 200, offset: 0 })
  const found = page.jobs.find((job) => job.id === id)
  if (found === undefined) throw new Error(`job ${id} is not in the list`)
  return found
}

/** Resolves with the job once it has one of the states; fails loudly after the deadline with what it saw last. */
export async function jobReaches(
  jobs: Pick<Jobs, 'list'>,
  id: string,
  states: readonly JobRecord['jobState'][] = ['completed', 'failed', 'cancelled'],
  deadlineMilliseconds = 60_000,
): Promise<JobRecord> {
  const deadline = performance.now() + deadlineMilliseconds
  for (;;) {
    const job = await jobRecord(jobs, id)
    if (states.includes(job.jobState)) return job
    if (performance.now() > deadline) throw new Error(`job ${id} did not become ${states.join(' or ')}: ${JSON.stringify(job)}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/** A promise to be resolved from outside: how tests wait for an event instead of for time. */
export function signal<T = void>() {
  return Promise.withResolvers<T>()
}

/** Puts a job's queue entry into the past, as if its worker had been silent since. */
export async function silenceWorker(database: TestDatabase, jobId: string): Promise<void> {
  await sql`update pgboss.job set heartbeat_on = now() - interval '1 hour' where id = ${jobId}`.execute(database.db)
}
