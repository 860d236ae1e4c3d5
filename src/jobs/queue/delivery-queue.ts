import { type RawBuilder, sql } from 'kysely'
import { fromKysely, type Job, PgBoss } from 'pg-boss'
import type { Db } from '#db/database.ts'
import { limitRepeats } from '#lib/limit-repeats.ts'
import type { Log } from '#lib/log.ts'
import { timerDelay } from '#lib/timer-delay.ts'
import { QUEUES, type QueueName } from '../model/job-type.ts'
import { createSteadyClock } from './steady-clock.ts'

// The only file that knows pg-boss. It delivers, renews leases, wakes workers and keeps schedules. It is not the record: payloads
// are empty, ids are job ids, and the job's own row decides on retries, so pg-boss's retry limit is never reached.

/** A delivery of a job by the queue. `number` increases by one with each delivery of the same job. */
export interface Delivery {
  jobId: string
  number: number
  /** Aborts when the lease is lost (a heartbeat found another claim) and when the grace of a shutdown is over. */
  signal: AbortSignal
}

/** The order in which the queues will deliver, as parts of statements. */
export interface QueuePlaces {
  /** A statement: `id` and `ahead`, the number of jobs before it, of the first jobs of each queue that may be delivered now. */
  first(jobs: number): RawBuilder<unknown>
  /** Whether a queue may deliver the job of this id now. */
  isDue(id: RawBuilder<unknown>): RawBuilder<boolean>
}

/** Delivers jobs to workers. */
export interface DeliveryQueue {
  places: QueuePlaces
  /** Connections of its own pool: open, open and idle, and statements waiting for one. */
  connections(): { size: number; idle: number; waiting: number }
  start(): Promise<void>
  /** Stops fetching, waits for running handlers up to the grace, then closes the connections. */
  stop(graceMilliseconds: number): Promise<void>
  /** Puts a job on its queue inside the caller's transaction. Throws when the queue already knows the id. */
  send(trx: Db, queue: QueueName, jobId: string, priority: number): Promise<void>
  /** The same for many jobs of one queue, 40 times as fast as one by one. Jobs of equal priority run in the given order. */
  sendMany(trx: Db, queue: QueueName, jobs: readonly { jobId: string; priority: number }[]): Promise<void>
  /**
   * Puts a job on its queue again. Its deliveries are numbered from `number`, so that a late delivery of the earlier entry cannot
   * pass for one of the new entry. Of several jobs in one transaction, the first sent is the oldest.
   */
  sendAgain(trx: Db, queue: QueueName, jobId: string, priority: number, number: number): Promise<void>
  /** Deletes entries inside the caller's transaction, whatever their state, so that the ids can be sent again. */
  forget(trx: Db, queue: QueueName, jobIds: readonly string[]): Promise<void>
  /** The jobs among these that the queue will deliver or holds a lease on. */
  known(queue: QueueName, jobIds: readonly string[]): Promise<Set<string>>
  /** The number of jobs the queue would deliver before this one, as an SQL expression; 0 when the job does not wait. */
  ahead(queue: QueueName, jobId: string): RawBuilder<number>
  /**
   * `complete` as a data-modifying common table expression, for a statement that does more. It applies when the expression named
   * `condition` has a row.
   */
  completion(queue: QueueName, delivery: Delivery, condition: string): RawBuilder<unknown>
  /** Ends a delivery inside the caller's transaction; false when its lease was lost. */
  complete(trx: Db, queue: QueueName, delivery: Delivery): Promise<boolean>
  /** Returns a delivery inside the caller's transaction, to be delivered again after a delay; false when its lease was lost. */
  putBack(trx: Db, queue: QueueName, delivery: Delivery, delaySeconds: number): Promise<boolean>
  /**
   * Ends all leases of a queue, so that the jobs are delivered again without waiting for a missed heartbeat. Returns their ids,
   * which may include jobs that no worker had claimed yet.
   */
  breakLeases(queue: QueueName): Promise<string[]>
  /** Starts workers on a queue; the handler runs for one delivery at a time in each. */
  work(queue: QueueName, concurrency: number, handler: (delivery: Delivery) => Promise<void>): Promise<void>
  /** Calls the handler at the times of a cron expression (UTC), on one server only; missed times count as one. */
  schedule(name: string, cron: string, handler: () => Promise<void>): Promise<void>
  unschedule(name: string): Promise<void>
  /** The names and cron expressions of `schedule`. */
  schedules(): Promise<{ name: string; cron: string }[]>
}

export interface DeliveryQueueOptions {
  url: string
  log: Log
  /** A lease not refreshed for this long is lost. At least 10, pg-boss's minimum. */
  heartbeatSeconds?: number
  /** How often to look for lost leases. */
  monitorSeconds?: number
  /** How often workers poll, in case a notification is lost. */
  pollSeconds?: number
  /** A statement that takes longer has lost its server: it fails, and its connection is closed. Default 60. */
  statementSeconds?: number
}

/** Seconds that one run of a job may take: a Node timer cannot wait longer than 24 days. */
const LONGEST_RUN = 20 * 86_400

const SCHEDULE_QUEUE_PREFIX = 'schedule-'

/** Builds the queue. From a killed worker to the next delivery it takes at most heartbeat + monitor + poll = 35 s. */
export function createDeliveryQueue(options: DeliveryQueueOptions): DeliveryQueue {
  const { heartbeatSeconds = 20, monitorSeconds = 10, pollSeconds = 5, log } = options
  const warnings = limitRepeats(log)
  // pg-boss hands its options on to its pool, but its type does not list these.
  const pool = { keepAlive: true, query_timeout: (options.statementSeconds ?? 60) * 1_000 }
  const boss = new PgBoss({
    ...pool,
    connectionString: options.url,
    application_name: 'chartroom-queue',
    max: 6,
    useListenNotify: true,
    monitorIntervalSeconds: monitorSeconds,
    superviseIntervalSeconds: monitorSeconds,
    registerInstance: false,
    clock: createSteadyClock(),
    // The worker that runs a job continues the trace that created it. Nothing is stored unless an exporter is configured.
    openTelemetry: { propagateContext: true },
  })
  boss.on('error', (error) => warnings.warn({ err: error }, 'job queue: recoverable error'))
  boss.on('warning', (warning) => log.debug({ warning }, 'job queue: warning'))

  return {
    connections() {
      const counts = boss.getDb().poolCounts?.()
      return { size: counts?.total ?? 0, idle: counts?.idle ?? 0, waiting: counts?.waiting ?? 0 }
    },
    async start() {
      await boss.start()
      await createQueues(boss, heartbeatSeconds)
    },
    async stop(graceMilliseconds) {
      await boss.stop({ graceful: true, timeout: graceMilliseconds, close: true })
    },
    places: queuePlaces,
    ...createSender(boss),
    ...createDeliveries(boss),
    ...createWorkers(boss, heartbeatSeconds, pollSeconds),
    ...createSchedules(boss),
  }
}

/** The places in the tables of pg-boss, which exist once a queue has started. */
export const queuePlaces: QueuePlaces = {
  // The innermost limit lets PostgreSQL keep the first jobs alone; a window over the whole queue would sort it.
  first: (jobs) => sql`select place.id, place.ahead from unnest(${[...QUEUES]}::text[]) as queue (name) cross join lateral (
    select id, (row_number() over (order by priority desc, created_on) - 1)::int as ahead from (
      select id, priority, created_on from pgboss.job
      where pgboss.job.name = queue.name and state < 'active' and start_after <= now()
      order by priority desc, created_on limit ${jobs}
    ) waiting
  ) place`,
  isDue: (id) => sql<boolean>`exists (select from pgboss.job entry
    where entry.name = any(${[...QUEUES]}::text[]) and entry.id = ${id} and entry.state < 'active' and entry.start_after <= now())`,
}

async function createQueues(boss: PgBoss, heartbeatSeconds: number): Promise<void> {
  for (const queue of QUEUES) {
    const settings = {
      notify: true,
      heartbeatSeconds,
      retryLimit: 1_000_000,
      retryDelay: 0,
      deleteAfterSeconds: 3_600,
      retentionSeconds: 10 * 365 * 86_400,
    }
    await boss.createQueue(queue, settings)
    await boss.updateQueue(queue, settings)
  }
  // pg-boss accepts at most a day, but downloading a nation's charts over a boat's link may take longer. The lease detects dead workers.
  const statement = 'update pgboss.queue set expire_seconds = $2 where name = any($1)'
  await boss.getDb().executeSql(statement, [[...QUEUES], LONGEST_RUN])
}

/** What puts entries on the queue, removes them and looks them up. */
function createSender(boss: PgBoss): Pick<DeliveryQueue, 'send' | 'sendMany' | 'sendAgain' | 'forget' | 'known' | 'ahead'> {
  return {
    async send(trx, queue, jobId, priority) {
      const sent = await boss.send(queue, {}, { id: jobId, priority, db: fromKysely(trx) })
      if (sent === null) throw new Error(`queue ${queue} refused job ${jobId}: it already has an entry of this id`)
    },

    async sendMany(trx, queue, jobs) {
      if (jobs.length === 0) return
      const entries = jobs.map((job) => ({ id: job.jobId, priority: job.priority, data: {} }))
      const sent = await boss.insert(queue, entries, { db: fromKysely(trx), returnId: true })
      if (sent?.length !== jobs.length) throw new Error(`queue ${queue} accepted ${sent?.length ?? 0} of ${jobs.length} jobs`)
      // pg-boss orders by creation time alone, and all entries of a transaction share one. Spread them by a microsecond each, or an
      // entry put back by a shutdown would run after its younger siblings.
      const inOrder = `update pgboss.job set created_on = created_on + (place - 1) * interval '1 microsecond'
        from unnest($2::uuid[]) with ordinality as own (own_id, place) where name = $1 and id = own_id`
      await fromKysely(trx).executeSql(inOrder, [queue, jobs.map((job) => job.jobId)])
    },

    async sendAgain(trx, queue, jobId, priority, number) {
      const db = fromKysely(trx)
      await boss.deleteJob(queue, jobId, { db })
      await boss.send(queue, {}, { id: jobId, priority, db })
      // The statement's own time: entries sent by one transaction would otherwise be equally old and run in any order.
      const renumber = 'update pgboss.job set retry_count = $3, created_on = clock_timestamp() where name = $1 and id = $2'
      await db.executeSql(renumber, [queue, jobId, number])
    },

    async forget(trx, queue, jobIds) {
      if (jobIds.length > 0) await boss.deleteJob(queue, [...jobIds], { db: fromKysely(trx) })
    },

    async known(queue, jobIds) {
      // pg-boss looks up one job at a time; a backlog of thousands needs one statement.
      const statement = `select id from pgboss.job where name = $1 and id = any($2::uuid[]) and state in ('created', 'retry', 'active')`
      const { rows } = await boss.getDb().executeSql(statement, [queue, [...jobIds]])
      return new Set(rows.map((row: { id: string }) => row.id))
    },

    ahead(queue, jobId) {
      return sql<number>`(select count(*)::int from pgboss.job own
        join pgboss.job other on other.name = own.name and other.state < 'active' and other.start_after <= now()
          and (other.priority, own.created_on) > (own.priority, other.created_on)
        where own.name = ${queue} and own.id = ${jobId} and own.state < 'active')`
    },
  }
}

/** What ends deliveries or returns them to the queue. */
function createDeliveries(boss: PgBoss): Pick<DeliveryQueue, 'completion' | 'complete' | 'putBack'> {
  // pg-boss returns a count that its type does not declare.
  const affected = (response: object) => 'affected' in response && Number(response.affected) > 0
  const entryOf = (delivery: Delivery) => ({ id: delivery.jobId, retryCount: delivery.number })
  return {
    // Saves a round trip per job. A test compares it with what pg-boss does.
    completion(queue, delivery, condition) {
      return sql`update pgboss.job set completed_on = pgboss.job_now(), state = 'completed', output = null from ${sql.ref(condition)}
        where pgboss.job.name = ${queue} and pgboss.job.id = ${delivery.jobId} and pgboss.job.state = 'active'
          and pgboss.job.retry_count = ${delivery.number}`
    },

    async complete(trx, queue, delivery) {
      return affected(await boss.complete(queue, entryOf(delivery), null, { db: fromKysely(trx) }))
    },

    async putBack(trx, queue, delivery, delaySeconds) {
      const db = fromKysely(trx)
      if (!affected(await boss.fail(queue, entryOf(delivery), null, { db }))) return false
      const delay = timerDelay(delaySeconds * 1_000) / 1_000
      if (delay > 0) await boss.update(queue, undefined, { id: delivery.jobId, startAfter: delay, db })
      return true
    },
  }
}

function createWorkers(boss: PgBoss, heartbeatSeconds: number, pollSeconds: number): Pick<DeliveryQueue, 'work' | 'breakLeases'> {
  const workersByQueue = new Map<QueueName, string[]>()
  return {
    async work(queue, concurrency, handler) {
      const settings = {
        batchSize: 1,
        pollingIntervalSeconds: Math.min(2, pollSeconds),
        notifyPollingIntervalSeconds: pollSeconds,
        heartbeatRefreshSeconds: Math.min(5, heartbeatSeconds / 3),
      }
      // Registered one by one: pg-boss returns the id of only the first of several workers, and each must be woken by its own id.
      const ids: string[] = []
      workersByQueue.set(queue, ids)
      for (let index = 0; index < concurrency; index++) {
        ids[index] = await boss.work<object>(queue, settings, async (jobs: Job<object>[]) => {
          try {
            for (const job of jobs) await handler({ jobId: job.id, number: job.retryCount, signal: job.signal })
          } finally {
            // With batches of one, a worker sleeps after each job until the next notification or poll, even if jobs wait.
            const own = ids[index]
            if (own !== undefined) boss.notifyWorker(own)
          }
        })
      }
    },

    async breakLeases(queue) {
      const { rows } = await boss.getDb().executeSql(`select id from pgboss.job where name = $1 and state = 'active'`, [queue])
      const ids = rows.map((row: { id: string }) => row.id)
      if (ids.length > 0) await boss.fail(queue, ids)
      for (const worker of workersByQueue.get(queue) ?? []) boss.notifyWorker(worker)
      return ids
    },
  }
}

function createSchedules(boss: PgBoss): Pick<DeliveryQueue, 'schedule' | 'unschedule' | 'schedules'> {
  return {
    async schedule(name, cron, handler) {
      const queue = SCHEDULE_QUEUE_PREFIX + name
      await boss.createQueue(queue, { policy: 'short', notify: true, retryLimit: 2, retryDelay: 30, deleteAfterSeconds: 3_600 })
      // Keep the minute chosen at the first start: a server that restarts daily would otherwise keep postponing its weekly turn.
      if ((await boss.getSchedule(queue)) === null) await boss.schedule(queue, cron, null, { missed: 'once' })
      await boss.work(queue, { pollingIntervalSeconds: 30, notifyPollingIntervalSeconds: 60 }, handler)
    },

    async unschedule(name) {
      await boss.unschedule(SCHEDULE_QUEUE_PREFIX + name)
    },

    async schedules() {
      const found = await boss.getSchedules()
      return found.map(({ name, cron }) => ({ name: name.slice(SCHEDULE_QUEUE_PREFIX.length), cron }))
    },
  }
}
