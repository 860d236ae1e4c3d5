import type { Config } from '#config/config.ts'
import type { Database } from '#db/database.ts'
import type { Log } from '#lib/log.ts'
import { createMetrics, type Metrics, type ThreadLoad } from '#lib/metrics.ts'
import { VERSION } from '#lib/version.ts'

export interface ProcessMetrics {
  metrics: Metrics
  /** The load of each pool of worker threads, by its name in the metrics. */
  threads: Record<string, () => ThreadLoad>
}

/** Metrics of the whole process; each service adds its own. */
export function composeMetrics(config: Config, database: Database, log: Log): ProcessMetrics {
  const metrics = createMetrics({ onError: (name, error) => log.debug({ err: error, metric: name }, 'a metric was not read') })
  const threads: ProcessMetrics['threads'] = {}
  metrics.addProcess()
  metrics.gauge(
    'chartroom_info',
    'Always 1; the labels say what runs here.',
    () => [{ labels: { version: VERSION, role: config.role, instance: config.instanceName }, value: 1 }],
    ['version', 'role', 'instance'],
  )
  metrics.gauge(
    'chartroom_database_connections',
    'Connections of the pool: open (size), idle, and callers that wait for one (waiting).',
    () => Object.entries(database.pool()).map(([state, value]) => ({ labels: { state }, value })),
    ['state'],
  )
  metrics.gauge(
    'chartroom_worker_threads',
    'Worker threads by pool: running (threads), at work (busy), and tasks that wait for one (queued).',
    () =>
      Object.entries(threads).flatMap(([pool, load]) =>
        Object.entries(load()).map(([state, value]) => ({ labels: { pool, state }, value })),
      ),
    ['pool', 'state'],
  )
  return { metrics, threads }
}
