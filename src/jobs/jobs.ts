import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { listen } from '#db/listen.ts'
import { createBackground } from '#lib/background.ts'
import { type Clock, systemClock } from '#lib/clock.ts'
import { AppError } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import { createMetrics, type Metrics } from '#lib/metrics.ts'
import { CANCEL_CHANNEL, CHANGED_CHANNEL } from './model/announce.ts'
import type { Faults } from './model/faults.ts'
import type { JobLogLine, Visibility } from './model/job-record.ts'
import { type JobType, QUEUES, type QueueName } from './model/job-type.ts'
import { createRegistry } from './model/registry.ts'
import { createDeliveryQueue, type DeliveryQueueOptions } from './queue/delivery-queue.ts'
import { enqueueJob } from './queue/enqueue.ts'
import { getJob, type JobDetail, type LogPage, readJobLog } from './read/get-job.ts'
import { countJobs, type JobsPage, type ListJobsQuery, listJobs } from './read/list-jobs.ts'
import { treeLogs } from './read/tree-logs.ts'
import { createRunner } from './run/runner.ts'
import { cancelTree } from './tree/cancel.ts'
import { retryJob } from './tree/retry-job.ts'
import { foldJobCount } from './upkeep/fold-job-count.ts'
import { reconcile } from './upkeep/reconcile.ts'
import { deleteOldJobs, RETENTION, type RetentionRules } from './upkeep/retention.ts'
import { createAnnouncer } from './watch/announcer.ts'
import { createJobEvents, type JobSubscriber } from './watch/job-events.ts'
import { createJobMetrics } from './watch/job-metrics.ts'

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
   * Records a job and queues it; `also` writes what belongs to it in the same transaction.
   *
   * @throws AppError JOB_TYPE_UNKNOWN (400), or JOB_TYPE_ACTIVE (409) when the type is exclusive and one is pending or running.
   */
  create(input: CreateJobInput, also?: (trx: Db, jobId: string) => Promise<void>): Promise<{ jobId: string; jobState: 'pending' }>
  /** The last log lines of whole trees, by the id of their roots. */
  treeLogs(rootIds: readonly string[], limit: number): Promise<Map<string, JobLogLine[]>>
  /** One page and the total; the signal ends it early when nobody waits for it any more. */
  list(query: ListJobsQuery, signal?: AbortSignal): Promise<JobsPage>
  /** One job, or null when there is none that the caller may see. */
  get(visibility: Visibility, jobId: string): Promise<JobDetail | null>
  /** Lines of its log after a sequence number; null as for `get`. */
  log(visibility: Visibility, jobId: string, page: { after: number; limit: number }): Promise<LogPage | null>
  countActive(visibility: Visibility): Promise<number>
  /** Cancels a job and everything below it; `cancelTree` lists every case. False when there is no such job. */
  cancel(jobId: string, reason: string): Promise<boolean>
  /** Runs a failed or cancelled job again; `retryJob` lists the refusals. */
  retry(jobId: string, fromStep: string | null): Promise<void>
  /** Tells of changed jobs until the returned function is called. */
  subscribe(subscriber: JobSubscriber): () => void
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
  /** Where the engine's numbers go; left out, nobody reads them. */
  metrics?: Metrics
  /** How many jobs of each queue run at once here; null where none are run, only created, listed and steered. */
  concurrency: Readonly<Record<QueueName, number>> | null
  /**
   * True when nobody else can be working on this database (an embedded one, owned by this process): the jobs that a killed
   * process left running are then taken over at once instead of when their leases run out.
   */
  soleWorker: boolean
  queue?: Pick<DeliveryQueueOptions, 'heartbeatSeconds' | 'monitorSeconds' | 'pollSeconds'>
  retryDelaySeconds?: number
  /** How long an aborted handler may take to stop by itself. */
  stopMilliseconds?: number
  reconcileMilliseconds?: number
  retention?: RetentionRules
  /** For tests: what happens at the boundaries of the engine's work. */
  faults?: Faults
}

const HOUR = 3_600_000

export function createJobs(options: JobsOptions): Jobs {
  const { db, log, clock = systemClock, faults } = options
  const registry = createRegistry(options.names, options.types)
  const deliveryQueue = createDeliveryQueue({ url: options.url, log, ...options.queue })
  const metrics = createJobMetrics({
    metrics: options.metrics ?? createMetrics(),
    db,
    types: options.names,
    streams: () => events.subscribers(),
    connections: () => deliveryQueue.connections(),
  })
  const announcer = createAnnouncer(db, log)
  const runner = createRunner({
    db,
    deliveryQueue,
    registry,
    clock,
    log,
    metrics,
    announcer,
    retryDelaySeconds: options.retryDelaySeconds ?? 10,
    stopMilliseconds: options.stopMilliseconds ?? 10_000,
    faults,
  })
  const listener = listen({
    url: options.url,
    channels: [CHANGED_CHANNEL, CANCEL_CHANNEL],
    log,
    onNotification(channel, jobId) {
      if (channel === CANCEL_CHANNEL) runner.cancel([jobId])
      else events.changed(jobId)
    },
    onConnect: () => events.reset(),
  })
  const events = createJobEvents({ db, log, clock, listening: () => listener.listening() })
  const background = [
    // The backstop of the cancel notification.
    createBackground({ name: 'cancel watch', intervalMilliseconds: 3_000, atStart: false, clock, log, runOnce: cancelRequested }),
    createBackground({
      name: 'reconcile',
      intervalMilliseconds: options.reconcileMilliseconds ?? 30_000,
      atStart: true,
      clock,
      log,
      async runOnce() {
        const { ended, ...mended } = await reconcile(db, deliveryQueue, registry, log)
        metrics.ended(ended)
        for (const [what, count] of Object.entries(mended)) metrics.reconciled(what, count)
        await foldJobCount(db)
      },
    }),
    createBackground({
      name: 'retention',
      intervalMilliseconds: HOUR,
      atStart: false,
      clock,
      log,
      async runOnce(signal) {
        const { roots, logs } = await deleteOldJobs(db, options.retention ?? RETENTION, clock, signal)
        metrics.deleted('tree', roots)
        metrics.deleted('log', logs)
        if (roots + logs > 0) log.info({ roots, logs }, 'old jobs and logs were deleted')
      },
    }),
  ]
  let closing: Promise<void> | null = null

  async function cancelRequested(): Promise<void> {
    const ids = runner.active()
    if (ids.length === 0) return
    const rows = await sql<{ id: string }>`
      select id from job where id = any(${ids}::uuid[]) and job_state = 'running' and cancel_requested_at is not null
    `.execute(db)
    runner.cancel(rows.rows.map((row) => row.id))
  }

  async function create(input: CreateJobInput, also?: (trx: Db, jobId: string) => Promise<void>) {
    const type = registry.get(input.jobType)
    if (type === undefined) throw new AppError('JOB_TYPE_UNKNOWN', 400, `There is no job type ${input.jobType}.`)
    const job = { accountId: input.accountId, parameters: input.parameters ?? {}, priority: input.priority ?? 0 }
    const jobId = await enqueueJob(db, deliveryQueue, type, job, faults, also)
    metrics.created(type.name)
    log.info({ jobId, jobType: type.name, attempt: 0 }, 'job created')
    return { jobId, jobState: 'pending' as const }
  }

  async function takeOverOrphans(): Promise<void> {
    for (const queue of QUEUES) {
      const ids = await deliveryQueue.breakLeases(queue)
      if (ids.length === 0) continue
      const rows = await sql<{ id: string; job_type: string; attempt: number }>`
        select id, job_type, attempt from job where id = any(${ids}::uuid[])
      `.execute(db)
      for (const { id, job_type: jobType, attempt } of rows.rows)
        log.warn({ jobId: id, jobType, attempt }, 'a server that was killed had this job in hand: it goes on now')
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
    treeLogs: (rootIds, limit) => treeLogs(db, rootIds, limit),
    list: (query, signal) => listJobs(db, query, signal),
    async get(visibility, jobId) {
      const type = await sql<{ job_type: string }>`select job_type from job where id = ${jobId}`.execute(db)
      const queue = registry.get(type.rows[0]?.job_type ?? '')?.queue
      return await getJob(db, visibility, jobId, queue === undefined ? sql<number>`0` : deliveryQueue.ahead(queue, jobId))
    },
    log: (visibility, jobId, page) => readJobLog(db, visibility, jobId, page),
    countActive: (visibility) => countJobs(db, { visibility, activeOnly: true }),
    async cancel(jobId, reason) {
      const ended = await cancelTree(db, deliveryQueue, registry, jobId, reason, faults)
      metrics.ended(ended ?? [])
      return ended !== null
    },
    async retry(jobId, fromStep) {
      metrics.ended(await retryJob(db, deliveryQueue, registry, jobId, fromStep, faults))
    },
    subscribe: (subscriber) => events.subscribe(subscriber),
    creatableTypes: () => registry.creatable(),

    async scheduleWeekly(jobType) {
      // Every server its own minute: thousands that all start on Sunday at midnight would be one more outage at the source.
      const minute = Math.floor(Math.random() * 7 * 24 * 60)
      const cron = `${minute % 60} ${Math.floor(minute / 60) % 24} * * ${Math.floor(minute / 1440)}`
      await deliveryQueue.schedule(`weekly-${jobType}`, cron, () => createUnlessActive(jobType))
      const ever = await sql`select 1 from job where job_type = ${jobType} limit 1`.execute(db)
      if (ever.rows.length === 0) await createUnlessActive(jobType)
    },
    unscheduleWeekly: (jobType) => deliveryQueue.unschedule(`weekly-${jobType}`),

    async start() {
      await deliveryQueue.start()
      if (options.soleWorker) await takeOverOrphans()
      if (options.concurrency === null) return
      for (const queue of QUEUES) {
        await deliveryQueue.work(queue, options.concurrency[queue], (delivery) => runner.run(queue, delivery))
      }
      for (const service of background) service.start()
    },

    close(graceMilliseconds = 25_000) {
      closing ??= (async () => {
        events.close()
        runner.abortAll()
        await Promise.all(background.map((service) => service.stop()))
        await deliveryQueue.stop(graceMilliseconds)
        await announcer.close()
        await listener.close()
      })()
      return closing
    },
  }
}
