import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { type Clock, systemClock } from '#lib/clock.ts'
import { AppError } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import { type BossOptions, createBoss } from './boss.ts'
import { enqueueJob } from './enqueue.ts'
import type { Visibility } from './job-record.ts'
import { type JobType, QUEUES, type QueueName } from './job-type.ts'
import { countJobs, type JobsPage, type ListJobsQuery, listJobs } from './list-jobs.ts'
import { createRegistry } from './registry.ts'
import { createRunner } from './runner.ts'

export interface CreateJobInput {
  jobType: string
  accountId: number | null
  parameters?: Record<string, unknown>
  /** Higher runs first; equal ones run in the order they were created. */
  priority?: number
}

/** The job engine: what may run, what runs, and what has run. Knows nothing about charts. */
export interface Jobs {
  /**
   * Records a job and queues it.
   *
   * @throws AppError JOB_TYPE_UNKNOWN (400), or JOB_TYPE_ACTIVE (409) when the type is exclusive and one is pending or running.
   */
  create(input: CreateJobInput): Promise<{ jobId: string; jobState: 'pending' }>
  list(query: ListJobsQuery): Promise<JobsPage>
  countActive(visibility: Visibility): Promise<number>
  /** Names of the types that the API may start, in a fixed order. */
  creatableTypes(): string[]
  /** Starts a job of this type once a week, at a minute of its own, until `unscheduleWeekly`; once at once if it never ran. */
  scheduleWeekly(jobType: string): Promise<void>
  unscheduleWeekly(jobType: string): Promise<void>
  /** Begins to run jobs. */
  start(): Promise<void>
  /** Stops taking jobs, hands running ones back within the grace, and ends. */
  close(graceMilliseconds?: number): Promise<void>
}

export interface JobsOptions {
  db: Db
  /** For the queue's own connections. */
  url: string
  /** Every job type the product knows: each must have exactly one handler in `types`. */
  names: readonly string[]
  types: readonly JobType[]
  log: Log
  clock?: Clock
  /** How many jobs of each queue run at once here. */
  concurrency: Readonly<Record<QueueName, number>>
  /**
   * True when nobody else can be working on this database (an embedded one, owned by this process): the jobs that a killed
   * process left running are then taken over at once instead of when their leases run out.
   */
  soleWorker: boolean
  queue?: Pick<BossOptions, 'heartbeatSeconds' | 'monitorSeconds' | 'pollSeconds'>
  retryDelaySeconds?: number
}

export function createJobs(options: JobsOptions): Jobs {
  const { db, log, clock = systemClock } = options
  const registry = createRegistry(options.names, options.types)
  const boss = createBoss({ url: options.url, log, ...options.queue })
  const runner = createRunner({ db, boss, registry, clock, log, retryDelaySeconds: options.retryDelaySeconds ?? 10 })
  let closing: Promise<void> | null = null

  async function create(input: CreateJobInput) {
    const type = registry.get(input.jobType)
    if (type === undefined) throw new AppError('JOB_TYPE_UNKNOWN', 400, `There is no job type ${input.jobType}.`)
    const job = { accountId: input.accountId, parameters: input.parameters ?? {}, priority: input.priority ?? 0 }
    const jobId = await enqueueJob(db, boss, type, job)
    log.info({ jobId, jobType: type.name }, 'job created')
    return { jobId, jobState: 'pending' as const }
  }

  async function takeOverOrphans(): Promise<void> {
    for (const queue of QUEUES) {
      const types = registry.all().filter((type) => type.queue === queue)
      const rows = await db
        .selectFrom('job')
        .select('id')
        .where('job_state', '=', 'running')
        .where('job_type', 'in', types.length > 0 ? types.map((type) => type.name) : [''])
        .execute()
      if (rows.length === 0) continue
      log.warn({ jobs: rows.map((row) => row.id) }, 'these jobs were running when the server was killed: they go on now')
      await boss.breakLeases(
        queue,
        rows.map((row) => row.id),
      )
    }
  }

  /** A scheduled start that finds the job already there has what it wanted. */
  async function createUnlessActive(jobType: string): Promise<void> {
    try {
      await create({ jobType, accountId: null })
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'JOB_TYPE_ACTIVE')) throw error
      log.info({ jobType }, 'scheduled start left out: one is already pending or running')
    }
  }

  return {
    create,
    list: (query) => listJobs(db, query),
    countActive: (visibility) => countJobs(db, { visibility, activeOnly: true }),
    creatableTypes: () => registry.creatable(),

    async scheduleWeekly(jobType) {
      // Every server its own minute: thousands that all start on Sunday at midnight would be one more outage at the source.
      const minute = Math.floor(Math.random() * 7 * 24 * 60)
      const cron = `${minute % 60} ${Math.floor(minute / 60) % 24} * * ${Math.floor(minute / 1440)}`
      await boss.schedule(`weekly-${jobType}`, cron, () => createUnlessActive(jobType))
      const ever = await sql`select 1 from job where job_type = ${jobType} limit 1`.execute(db)
      if (ever.rows.length === 0) await createUnlessActive(jobType)
    },
    unscheduleWeekly: (jobType) => boss.unschedule(`weekly-${jobType}`),

    async start() {
      await boss.start()
      if (options.soleWorker) await takeOverOrphans()
      for (const queue of QUEUES) {
        await boss.work(queue, options.concurrency[queue], (delivery) => runner.run(queue, delivery))
      }
    },

    close(graceMilliseconds = 25_000) {
      closing ??= (async () => {
        runner.abortAll()
        await boss.stop(graceMilliseconds)
      })()
      return closing
    },
  }
}
