import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { listen } from '#db/listen.ts'
import { readSnapshot } from '#db/read-snapshot.ts'
import { type Clock, systemClock } from '#lib/clock.ts'
import { AppError } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import { createMetrics, type Metrics } from '#lib/metrics.ts'
import { CANCEL_CHANNEL, CHANGED_CHANNEL } from './model/announce.ts'
import type { Faults } from './model/faults.ts'
import type { JobLogLine, Visibility } from './model/job-record.ts'
import type { JobSummary } from './model/job-summary.ts'
import { type JobType, QUEUES, type QueueName } from './model/job-type.ts'
import { createRegistry, type Registry } from './model/registry.ts'
import { type Starter, startedBy } from './model/starter.ts'
import { createDeliveryQueue, type DeliveryQueue, type DeliveryQueueOptions } from './queue/delivery-queue.ts'
import { enqueueJob } from './queue/enqueue.ts'
import { createWeeklySchedule, type ScheduledJob } from './queue/weekly-schedule.ts'
import { countByStateAndType, countJobs, type JobCounts } from './read/count-jobs.ts'
import { getJob, getSummary, type JobDetail } from './read/get-job.ts'
import type { JobFilter } from './read/job-filter.ts'
import { type JobsPage, type ListJobsQuery, LONGEST_STATEMENT, listJobs, listSummaries } from './read/list-jobs.ts'
import { type LogPage, type LogRange, readJobLog } from './read/read-job-log.ts'
import { treeLogs } from './read/tree-logs.ts'
import { createRunner } from './run/runner.ts'
import { cancelTree } from './tree/cancel.ts'
import { retryJob } from './tree/retry-job.ts'
import { recordMemoryLosses } from './upkeep/record-memory-losses.ts'
import { RETENTION, type RetentionRules } from './upkeep/retention.ts'
import { takeOverOrphans } from './upkeep/take-over-orphans.ts'
import { createUpkeep } from './upkeep/upkeep.ts'
import { createAnnouncer } from './watch/announcer.ts'
import { createJobEvents, type JobSubscriber } from './watch/job-events.ts'
import { createJobMetrics } from './watch/job-metrics.ts'

export interface CreateJobInput {
  jobType: string
  accountId: number | null
  parameters?: Record<string, unknown>
  /** Higher runs first; jobs of equal priority run in the order of their creation. */
  priority?: number
  /** Who or what starts it; unknown when left out. */
  startedBy?: Starter
}

/** The job engine: creates, runs, lists, cancels and retries jobs. It knows nothing about charts. */
export interface Jobs {
  /**
   * Records and queues a job; `also` writes related rows in the same transaction.
   *
   * @throws AppError JOB_TYPE_UNKNOWN (400), or JOB_TYPE_ACTIVE (409) when the type is exclusive and one is pending or running.
   */
  create(input: CreateJobInput, also?: (trx: Db, jobId: string) => Promise<void>): Promise<{ jobId: string; jobState: 'pending' }>
  /** The last log lines of whole trees, by the id of the root; for a list, long lines are cut and the oldest of many left out. */
  treeLogs(rootIds: readonly string[], lines: { limit: number; listed: boolean }): Promise<Map<string, JobLogLine[]>>
  /** One page and the total; the signal cancels the query when the client has gone. */
  list(query: ListJobsQuery, signal?: AbortSignal): Promise<JobsPage>
  /** The same with summaries of the jobs. */
  listSummaries(query: ListJobsQuery, signal?: AbortSignal): Promise<JobsPage<JobSummary>>
  /** The numbers of jobs that match, by state and by type. */
  counts(filter: JobFilter, signal?: AbortSignal): Promise<JobCounts>
  /** One job; null when there is no such job that the caller may see. */
  get(visibility: Visibility, jobId: string): Promise<JobDetail | null>
  /** One job as a summary; null as for `get`. */
  getSummary(visibility: Visibility, jobId: string): Promise<JobSummary | null>
  /** A range of the lines of a job's log; null as for `get`. */
  log(visibility: Visibility, jobId: string, range: LogRange): Promise<LogPage | null>
  /** The number of pending and running jobs that the caller may see. */
  countActive(visibility: Visibility): Promise<number>
  /** Cancels a job and its descendants; `cancelTree` lists every case. False when there is no such job. */
  cancel(jobId: string, reason: string): Promise<boolean>
  /** Runs a failed or cancelled job again; `retryJob` lists the cases and errors. */
  retry(jobId: string, fromStep: string | null): Promise<void>
  /** Notifies of changed jobs until the returned function is called. */
  subscribe(subscriber: JobSubscriber): () => void
  /** Names of the job types that the API may start, in a fixed order. */
  creatableTypes(): string[]
  /** Whether only administrators may cancel and retry jobs of this type. */
  isAdministrative(jobType: string): boolean
  /** Starts a job of this type once per week, at a random minute, until `unscheduleWeekly`; immediately if none ever ran. */
  scheduleWeekly(jobType: string): Promise<void>
  unscheduleWeekly(jobType: string): Promise<void>
  /** The job types that start by themselves, with the time of their next start. */
  schedule(): Promise<ScheduledJob[]>
  /** Starts running jobs. */
  start(): Promise<void>
  /** Stops taking jobs, puts running ones back within the grace, and closes its connections. */
  close(graceMilliseconds?: number): Promise<void>
}

export interface JobsOptions {
  db: Db
  /** The database's address, for the connections of the queue and the listener. */
  url: string
  /** The product's job types: each must have exactly one handler in `types`. */
  names: readonly string[]
  types: readonly JobType[]
  log: Log
  clock?: Clock
  /** Where the engine's metrics go. */
  metrics?: Metrics
  /** How many jobs of each queue run at once here; null for a server that runs none. */
  concurrency: Readonly<Record<QueueName, number>> | null
  /**
   * True when no other process can be working on this database (an embedded one, owned by this process). Jobs that a killed
   * process left running are then taken over at once instead of when their leases expire.
   */
  soleWorker: boolean
  queue?: Pick<DeliveryQueueOptions, 'heartbeatSeconds' | 'monitorSeconds' | 'pollSeconds'>
  /** Wait before the second try; doubled for the third. Default 10. */
  retryDelaySeconds?: number
  /** How long an aborted handler may take to stop before it is left behind. */
  stopMilliseconds?: number
  reconcileMilliseconds?: number
  retention?: RetentionRules
  /** This process, and those that ended because memory was short while they may have been running jobs. */
  process?: { id: string; lostToMemory: readonly string[] }
  /** For tests: called at the boundaries of the engine's work. */
  faults?: Faults
}

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
  const services = { db, deliveryQueue, registry, clock, log, metrics }
  const { retryDelaySeconds = 10, stopMilliseconds = 10_000, reconcileMilliseconds = 30_000, retention = RETENTION } = options
  const processId = options.process?.id ?? null
  const runner = createRunner({ ...services, announcer, retryDelaySeconds, stopMilliseconds, processId, faults })
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
  const events = createJobEvents({ db, log, clock, queue: deliveryQueue.places, listening: () => listener.listening() })
  const upkeep = createUpkeep({ ...services, runs: runner, reconcileMilliseconds, retention })
  const weekly = createWeeklySchedule({
    db,
    deliveryQueue,
    clock,
    log,
    create: (jobType) => create({ jobType, accountId: null, startedBy: startedBy('schedule') }),
  })
  let closing: Promise<void> | null = null

  async function create(input: CreateJobInput, also?: (trx: Db, jobId: string) => Promise<void>) {
    const type = registry.get(input.jobType)
    if (type === undefined) throw new AppError('JOB_TYPE_UNKNOWN', `There is no job type ${input.jobType}.`)
    const job = {
      accountId: input.accountId,
      parameters: input.parameters ?? {},
      priority: input.priority ?? 0,
      startedBy: input.startedBy ?? null,
    }
    const jobId = await enqueueJob(db, deliveryQueue, type, job, faults, also)
    metrics.created(type.name)
    log.info({ jobId, jobType: type.name, attempt: 0 }, 'job created')
    return { jobId, jobState: 'pending' as const }
  }

  async function start(): Promise<void> {
    await deliveryQueue.start()
    for (const lost of options.process?.lostToMemory ?? []) await recordMemoryLosses(db, lost, log)
    if (options.soleWorker) await takeOverOrphans(db, deliveryQueue, log)
    if (options.concurrency === null) return
    for (const queue of QUEUES)
      await deliveryQueue.work(queue, options.concurrency[queue], (delivery) => runner.run(queue, delivery))
    upkeep.start()
  }

  async function close(graceMilliseconds: number): Promise<void> {
    events.close()
    runner.abortAll()
    await upkeep.stop()
    await deliveryQueue.stop(graceMilliseconds)
    await announcer.close()
    await listener.close()
  }

  return {
    ...createReading(db, deliveryQueue, registry),
    create,
    async cancel(jobId, reason) {
      const ended = await cancelTree(db, deliveryQueue, registry, jobId, reason, faults)
      metrics.ended(ended ?? [])
      return ended !== null
    },
    async retry(jobId, fromStep) {
      metrics.ended(await retryJob(db, deliveryQueue, registry, jobId, fromStep, faults))
    },
    subscribe: (subscriber) => events.subscribe(subscriber),
    scheduleWeekly: weekly.add,
    unscheduleWeekly: weekly.remove,
    schedule: weekly.list,
    start,
    close: (graceMilliseconds = 25_000) => (closing ??= close(graceMilliseconds)),
  }
}

type Reading = Pick<
  Jobs,
  | 'treeLogs'
  | 'list'
  | 'listSummaries'
  | 'counts'
  | 'get'
  | 'getSummary'
  | 'log'
  | 'countActive'
  | 'creatableTypes'
  | 'isAdministrative'
>

function createReading(db: Db, deliveryQueue: DeliveryQueue, registry: Registry): Reading {
  return {
    treeLogs: (rootIds, lines) => treeLogs(db, rootIds, lines),
    list: (query, signal) => listJobs(db, query, signal),
    listSummaries: (query, signal) => listSummaries(db, query, deliveryQueue.places, signal),
    counts: (filter, signal) =>
      readSnapshot(db, { statementMilliseconds: LONGEST_STATEMENT, signal }, (trx) => countByStateAndType(trx, filter)),
    getSummary: (visibility, jobId) => getSummary(db, visibility, jobId, deliveryQueue.places),
    async get(visibility, jobId) {
      const type = await sql<{ job_type: string }>`select job_type from job where id = ${jobId}`.execute(db)
      const queue = registry.get(type.rows[0]?.job_type ?? '')?.queue
      return await getJob(db, visibility, jobId, queue === undefined ? sql<number>`0` : deliveryQueue.ahead(queue, jobId))
    },
    log: (visibility, jobId, range) => readJobLog(db, visibility, jobId, range),
    countActive: (visibility) => countJobs(db, { visibility, activeOnly: true }),
    creatableTypes: () => registry.creatable(),
    isAdministrative: (jobType) => registry.get(jobType)?.administrative === true,
  }
}
