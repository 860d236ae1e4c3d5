import { type RawBuilder, sql } from 'kysely'
import { fromKysely, type Job, PgBoss } from 'pg-boss'
import type { Db } from '#db/database.ts'
import type { Log } from '#lib/log.ts'
import { QUEUES, type QueueName } from '../model/job-type.ts'

// The only file that knows pg-boss. It delivers: claim, lease, wake-up, schedule. It is not the record: the payload is empty,
// the id is the job's id, and whether a job is tried again is decided by our own row, so pg-boss's retry limit is out of reach
// and its delays are set by us.

/** A delivery of a job by the queue. `number` goes up by one with each delivery of the same job. */
export interface Delivery {
  jobId: string
  number: number
  /** Aborts when the lease is lost (a heartbeat found another claim) and when a shutdown has spent its grace. */
  signal: AbortSignal
}

export interface DeliveryQueue {
  /** Connections of its own pool: open, open without work, and statements that wait for one. */
  connections(): { size: number; idle: number; waiting: number }
  start(): Promise<void>
  /** Stops fetching, waits for the running handlers up to the grace, then ends the connections. */
  stop(graceMilliseconds: number): Promise<void>
  /** Puts a job on its queue inside the caller's transaction. Throws when the queue already knows the id. */
  send(trx: Db, queue: QueueName, jobId: string, priority: number): Promise<void>
  /** The same for many jobs of one queue at once, 40 times as fast as one by one. Among equals they run in the order given. */
  sendMany(trx: Db, queue: QueueName, jobs: readonly { jobId: string; priority: number }[]): Promise<void>
  /**
   * Puts a job back on its queue that was there before. Its deliveries go on from `number`: one of the earlier entry that comes
   * late must not be taken for one of the new entry. Of several in one transaction, the first sent is the oldest.
   */
  sendAgain(trx: Db, queue: QueueName, jobId: string, priority: number, number: number): Promise<void>
  /** Forgets an entry inside the caller's transaction, whatever its state, so that the id can be sent again. */
  forget(trx: Db, queue: QueueName, jobIds: readonly string[]): Promise<void>
  /** Those of the jobs that the queue still means to deliver or holds a lease on. */
  known(queue: QueueName, jobIds: readonly string[]): Promise<Set<string>>
  /** How many jobs the queue would deliver before this one, as an expression of a statement; 0 when it does not wait there. */
  ahead(queue: QueueName, jobId: string): RawBuilder<number>
  /**
   * What `complete` does, as a data-modifying common table expression for a statement that does more. It does it when the expression
   * named `condition` has a row.
   */
  completion(queue: QueueName, delivery: Delivery, condition: string): RawBuilder<unknown>
  /** Ends a delivery inside the caller's transaction; false when it had been lost. */
  complete(trx: Db, queue: QueueName, delivery: Delivery): Promise<boolean>
  /** Hands a delivery back inside the caller's transaction, to be delivered again after so many seconds. */
  putBack(trx: Db, queue: QueueName, delivery: Delivery, delaySeconds: number): Promise<boolean>
  /**
   * Ends all leases of a queue at once, whoever holds them: the jobs are delivered again without waiting for a heartbeat. Returns
   * their ids. A job may be among them that its worker had not claimed yet.
   */
  breakLeases(queue: QueueName): Promise<string[]>
  work(queue: QueueName, concurrency: number, handler: (delivery: Delivery) => Promise<void>): Promise<void>
  /** Calls the handler at the times of a cron expression (UTC), on one server only, once for all missed times. */
  schedule(name: string, cron: string, handler: () => Promise<void>): Promise<void>
  unschedule(name: string): Promise<void>
}

export interface DeliveryQueueOptions {
  url: string
  log: Log
  /** A lease not refreshed for so long is lost. At least 10 (pg-boss's own floor). */
  heartbeatSeconds?: number
  /** How often lost leases are looked for. */
  monitorSeconds?: number
  /** Backstop when a wake-up is lost. */
  pollSeconds?: number
}

/** Seconds that one run of a job may take: the longest that a timer of Node can wait is 24 days. */
const LONGEST_RUN = 20 * 86_400

const SCHEDULE_QUEUE_PREFIX = 'schedule-'

/** Builds the delivery engine. Worst case from a killed worker to the next delivery: heartbeat + monitor + poll = 35 s. */
export function createDeliveryQueue(options: DeliveryQueueOptions): DeliveryQueue {
  const { heartbeatSeconds = 20, monitorSeconds = 10, pollSeconds = 5, log } = options
  const boss = new PgBoss({
    connectionString: options.url,
    application_name: 'chartroom-queue',
    max: 6,
    useListenNotify: true,
    monitorIntervalSeconds: monitorSeconds,
    superviseIntervalSeconds: monitorSeconds,
    registerInstance: false,
    // The trace that created a job goes on in the worker that runs it. Nothing is stored while no exporter is configured.
    openTelemetry: { propagateContext: true },
  })
  boss.on('error', (error) => log.warn({ err: error }, 'job queue: an error it will recover from'))
  boss.on('warning', (warning) => log.debug({ warning }, 'job queue: warning'))
  /** Ids of a queue's workers. */
  const workers = new Map<QueueName, string[]>()

  // pg-boss answers with a count that its type does not declare.
  const affected = (response: object) => 'affected' in response && Number(response.affected) > 0
  const attempt = (delivery: Delivery) => ({ id: delivery.jobId, retryCount: delivery.number })

  return {
    connections() {
      const counts = boss.getDb().poolCounts?.()
      return { size: counts?.total ?? 0, idle: counts?.idle ?? 0, waiting: counts?.waiting ?? 0 }
    },

    async start() {
      await boss.start()
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
      // pg-boss itself takes no more than a day. A worker that has died is known by its lease; one that downloads all charts of a nation
      // over a boat's link is at work, and was taken for lost after a day, for good after three.
      await boss
        .getDb()
        .executeSql('update pgboss.queue set expire_seconds = $2 where name = any($1)', [[...QUEUES], LONGEST_RUN])
    },

    async stop(graceMilliseconds) {
      await boss.stop({ graceful: true, timeout: graceMilliseconds, close: true })
    },

    async send(trx, queue, jobId, priority) {
      const sent = await boss.send(queue, {}, { id: jobId, priority, db: fromKysely(trx) })
      if (sent === null) throw new Error(`the queue ${queue} did not take job ${jobId}: it knows that id already`)
    },

    async sendMany(trx, queue, jobs) {
      if (jobs.length === 0) return
      const entries = jobs.map((job) => ({ id: job.jobId, priority: job.priority, data: {} }))
      const sent = await boss.insert(queue, entries, { db: fromKysely(trx), returnId: true })
      if (sent?.length !== jobs.length) throw new Error(`the queue ${queue} took ${sent?.length ?? 0} of ${jobs.length} jobs`)
      // All of them have the transaction's time, and pg-boss orders by nothing else: equally old ones run as they lie in its index, where
      // one that was handed back by a shutdown lies behind all its younger brothers.
      const inOrder = `update pgboss.job set created_on = created_on + (place - 1) * interval '1 microsecond'
        from unnest($2::uuid[]) with ordinality as own (own_id, place) where name = $1 and id = own_id`
      await fromKysely(trx).executeSql(inOrder, [queue, jobs.map((job) => job.jobId)])
    },

    async sendAgain(trx, queue, jobId, priority, number) {
      const db = fromKysely(trx)
      await boss.deleteJob(queue, jobId, { db })
      await boss.send(queue, {}, { id: jobId, priority, db })
      // The time of this very statement: those that one transaction sends would be equally old otherwise, and run in any order.
      const goOn = 'update pgboss.job set retry_count = $3, created_on = clock_timestamp() where name = $1 and id = $2'
      await db.executeSql(goOn, [queue, jobId, number])
    },

    async forget(trx, queue, jobIds) {
      if (jobIds.length > 0) await boss.deleteJob(queue, [...jobIds], { db: fromKysely(trx) })
    },

    async known(queue, jobIds) {
      // pg-boss can look up one job at a time; a backlog of thousands wants one statement.
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

    // A round trip less for each job. A test compares it with what pg-boss would have sent.
    completion(queue, delivery, condition) {
      return sql`update pgboss.job set completed_on = pgboss.job_now(), state = 'completed', output = null from ${sql.ref(condition)}
        where pgboss.job.name = ${queue} and pgboss.job.id = ${delivery.jobId} and pgboss.job.state = 'active'
          and pgboss.job.retry_count = ${delivery.number}`
    },

    async complete(trx, queue, delivery) {
      return affected(await boss.complete(queue, attempt(delivery), null, { db: fromKysely(trx) }))
    },

    async putBack(trx, queue, delivery, delaySeconds) {
      const db = fromKysely(trx)
      if (!affected(await boss.fail(queue, attempt(delivery), null, { db }))) return false
      if (delaySeconds > 0) await boss.update(queue, undefined, { id: delivery.jobId, startAfter: delaySeconds, db })
      return true
    },

    async breakLeases(queue) {
      const { rows } = await boss.getDb().executeSql(`select id from pgboss.job where name = $1 and state = 'active'`, [queue])
      const ids = rows.map((row: { id: string }) => row.id)
      if (ids.length > 0) await boss.fail(queue, ids)
      for (const worker of workers.get(queue) ?? []) boss.notifyWorker(worker)
      return ids
    },

    async work(queue, concurrency, handler) {
      const settings = {
        batchSize: 1,
        pollingIntervalSeconds: Math.min(2, pollSeconds),
        notifyPollingIntervalSeconds: pollSeconds,
        heartbeatRefreshSeconds: Math.min(5, heartbeatSeconds / 3),
      }
      // Registered one by one, because pg-boss tells the id of the first of several workers only, and each must be woken by its own.
      const ids: string[] = []
      workers.set(queue, ids)
      for (let index = 0; index < concurrency; index++) {
        ids[index] = await boss.work<object>(queue, settings, async (jobs: Job<object>[]) => {
          try {
            for (const job of jobs) await handler({ jobId: job.id, number: job.retryCount, signal: job.signal })
          } finally {
            // With batches of one, a worker sleeps after each job until the next NOTIFY or poll, even when more jobs wait.
            const own = ids[index]
            if (own !== undefined) boss.notifyWorker(own)
          }
        })
      }
    },

    async schedule(name, cron, handler) {
      const queue = SCHEDULE_QUEUE_PREFIX + name
      await boss.createQueue(queue, { policy: 'short', notify: true, retryLimit: 2, retryDelay: 30, deleteAfterSeconds: 3_600 })
      // The minute chosen at first start is kept: a server that restarts every day must not move its weekly turn ahead of itself.
      if ((await boss.getSchedule(queue)) === null) await boss.schedule(queue, cron, null, { missed: 'once' })
      await boss.work(queue, { pollingIntervalSeconds: 30, notifyPollingIntervalSeconds: 60 }, handler)
    },

    async unschedule(name) {
      await boss.unschedule(SCHEDULE_QUEUE_PREFIX + name)
    },
  }
}
