import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { deleteOldMarks } from '#db/transaction-mark.ts'
import { createBackground } from '#lib/background.ts'
import type { Clock } from '#lib/clock.ts'
import type { Log } from '#lib/log.ts'
import type { Registry } from '../model/registry.ts'
import type { DeliveryQueue } from '../queue/delivery-queue.ts'
import type { JobMetrics } from '../watch/job-metrics.ts'
import { foldJobCount } from './fold-job-count.ts'
import { reconcile } from './reconcile.ts'
import { deleteOldJobs, type RetentionRules } from './retention.ts'

export interface UpkeepOptions {
  db: Db
  deliveryQueue: DeliveryQueue
  registry: Registry
  metrics: JobMetrics
  clock: Clock
  log: Log
  /** The jobs that run here, and how to stop them. */
  runs: { active(): string[]; cancel(jobIds: readonly string[]): void }
  reconcileMilliseconds: number
  retention: RetentionRules
}

const CANCEL_WATCH = 3_000
const HOUR = 3_600_000

/** What a server that runs jobs does in the background: watch for cancels, reconcile, and delete old jobs. */
export function createUpkeep(options: UpkeepOptions): { start(): void; stop(): Promise<void> } {
  const { db, deliveryQueue, registry, metrics, clock, log, runs } = options

  /** The backstop of the cancel notification. */
  async function watchCancels(): Promise<void> {
    const ids = runs.active()
    if (ids.length === 0) return
    const rows = await sql<{ id: string }>`
      select id from job where id = any(${ids}::uuid[]) and job_state = 'running' and cancel_requested_at is not null
    `.execute(db)
    runs.cancel(rows.rows.map((row) => row.id))
  }

  async function reconcileOnce(): Promise<void> {
    const { ended, ...repaired } = await reconcile(db, deliveryQueue, registry, log)
    metrics.ended(ended)
    for (const [what, count] of Object.entries(repaired)) metrics.reconciled(what, count)
    await foldJobCount(db)
  }

  async function retainOnce(signal: AbortSignal): Promise<void> {
    const { roots, logs } = await deleteOldJobs(db, options.retention, clock, signal)
    metrics.deleted('tree', roots)
    metrics.deleted('log', logs)
    if (roots + logs > 0) log.info({ roots, logs }, 'deleted old jobs and logs')
    await deleteOldMarks(db)
  }

  const every = (name: string, intervalMilliseconds: number, runOnce: (signal: AbortSignal) => Promise<void>, atStart = false) =>
    createBackground({ name, intervalMilliseconds, atStart, clock, log, runOnce })
  const services = [
    every('cancel watch', CANCEL_WATCH, watchCancels),
    every('reconcile', options.reconcileMilliseconds, reconcileOnce, true),
    every('retention', HOUR, retainOnce),
  ]
  return {
    start() {
      for (const service of services) service.start()
    },
    async stop() {
      await Promise.all(services.map((service) => service.stop()))
    },
  }
}
