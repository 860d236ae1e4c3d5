import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { PgBoss } from 'pg-boss'
import type { JobType } from '#jobs/model/job-type.ts'
import { createRegistry, type Registry } from '#jobs/model/registry.ts'
import { createDeliveryQueue, type Delivery, type DeliveryQueue } from '#jobs/queue/delivery-queue.ts'
import { enqueueJob } from '#jobs/queue/enqueue.ts'
import { claimJob } from '#jobs/run/claim-job.ts'
import type { Run } from '#jobs/run/run.ts'
import { silentLog } from '#lib/log.ts'
import type { TestDatabase } from './database.ts'
import { jobType } from './jobs.ts'

export interface QueueByHand {
  deliveryQueue: DeliveryQueue
  registry: Registry
  type: JobType
  /** A new job, pending. */
  create(): Promise<string>
  /** The queue's next delivery; fails when there is none. */
  deliver(): Promise<Delivery>
  /** The next delivery, claimed. */
  claim(): Promise<Run>
  /** Looks for lost leases now, instead of every few seconds. */
  supervise(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** The queue without workers, with one job type. Tests deliver, claim and end jobs through the engine's own functions. */
export async function startQueueByHand(
  { db, url }: TestDatabase,
  { name = 'by-hand', heartbeatSeconds = 20 }: { name?: string; heartbeatSeconds?: number } = {},
): Promise<QueueByHand> {
  const type = jobType(name, async () => ({}))
  const deliveryQueue = createDeliveryQueue({ url, log: silentLog(), heartbeatSeconds })
  await deliveryQueue.start()
  const fetcher = new PgBoss({ connectionString: url, migrate: false, supervise: false, schedule: false, max: 1 })
  fetcher.on('error', () => undefined)
  await fetcher.start()

  async function deliver(): Promise<Delivery> {
    const [entry] = await fetcher.fetch(type.queue)
    assert.ok(entry, 'the queue has nothing to deliver')
    return { jobId: entry.id, number: entry.retryCount, signal: new AbortController().signal }
  }

  return {
    deliveryQueue,
    registry: createRegistry([name], [type]),
    type,
    create: () => enqueueJob(db, deliveryQueue, type, { accountId: null, parameters: {}, priority: 0, startedBy: null }),
    deliver,
    async claim() {
      const delivery = await deliver()
      const claim = await claimJob(db, delivery)
      assert.ok(claim, 'the claim was refused')
      return { claim, queue: type.queue, delivery }
    },
    async supervise() {
      // Otherwise pg-boss limits it to once per interval.
      await sql`update pgboss.queue set monitor_on = null, monitor_claim_on = null`.execute(db)
      await fetcher.supervise(type.queue)
    },
    async [Symbol.asyncDispose]() {
      await fetcher.stop({ graceful: false })
      await deliveryQueue.stop(0)
    },
  }
}
