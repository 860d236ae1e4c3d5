import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { Metrics } from '#lib/metrics.ts'
import { isActive } from '../model/job-record.ts'
import type { EndedJob } from '../tree/job-tree.ts'

/** The engine's metrics. Gauges read the jobs of the whole server from the table; counters count what this process did. */
export interface JobMetrics {
  created(jobType: string): void
  /** A claim started a run; `waitedSeconds` since the job's creation, null when it is not the first run. */
  claimed(jobType: string, waitedSeconds: number | null): void
  ended(jobs: readonly EndedJob[]): void
  /** `fenced`: a run here lost its claim. `taken_over`: a run here took over from a lost worker. */
  claimLost(how: 'fenced' | 'taken_over'): void
  reconciled(what: string, count: number): void
  deleted(what: 'tree' | 'log', count: number): void
}

export interface JobMetricsOptions {
  metrics: Metrics
  db: Db
  /** Job types to show with 0 when none of their jobs is active: alerts need the 0. */
  types: readonly string[]
  /** The number of clients that follow jobs now. */
  streams(): number
  /** Connections of the queue's own pool. */
  connections(): { size: number; idle: number; waiting: number }
}

const WAIT_BOUNDS = [0.01, 0.05, 0.25, 1, 5, 15, 60, 300, 1_800, 7_200]
const RUN_BOUNDS = [0.05, 0.25, 1, 5, 15, 60, 300, 900, 3_600, 14_400]
/** The longest that a scrape may occupy the database. */
const READ_TIMEOUT = '4s'

/** Registers the metrics of the job engine. */
export function createJobMetrics({ metrics, db, types, streams, connections }: JobMetricsOptions): JobMetrics {
  const created = metrics.counter('chartroom_jobs_created_total', 'Jobs this process created.', ['type'])
  const ended = metrics.counter('chartroom_jobs_ended_total', 'Jobs that this process ended.', ['type', 'state'])
  const wait = metrics.histogram(
    'chartroom_job_wait_seconds',
    'Time from the creation of a job to the start of its first run.',
    WAIT_BOUNDS,
    ['type'],
  )
  const run = metrics.histogram(
    'chartroom_job_run_seconds',
    'Time from the start of the first run of a job to its end, including its children and retries.',
    RUN_BOUNDS,
    ['type'],
  )
  const lost = metrics.counter(
    'chartroom_job_claims_lost_total',
    'Lost claims: fenced (noticed by the run that lost it) or taken_over (noticed by the run that took the job over).',
    ['how'],
  )
  const reconciled = metrics.counter('chartroom_jobs_reconciled_total', 'Rows the reconciler repaired, by what was wrong.', [
    'what',
  ])
  const deleted = metrics.counter('chartroom_jobs_deleted_total', 'Trees and logs of old jobs deleted by retention.', ['what'])
  for (const how of ['fenced', 'taken_over']) lost.add({ how }, 0)
  for (const what of ['resent', 'cancelled', 'parents']) reconciled.add({ what }, 0)
  for (const what of ['tree', 'log']) deleted.add({ what }, 0)

  registerActiveJobs(metrics, db, types)
  metrics.gauge('chartroom_event_streams', 'Clients that follow jobs through server-sent events.', () => [
    { labels: {}, value: streams() },
  ])
  metrics.gauge(
    'chartroom_queue_connections',
    "Connections of the job queue's own pool: open (size), idle, and statements waiting for one (waiting).",
    () => Object.entries(connections()).map(([state, value]) => ({ labels: { state }, value })),
    ['state'],
  )

  return {
    created: (type) => created.add({ type }),
    claimed(type, waitedSeconds) {
      if (waitedSeconds !== null) wait.observe(waitedSeconds, { type })
    },
    ended(jobs) {
      for (const { jobType: type, state, runSeconds } of jobs) {
        ended.add({ type, state })
        if (runSeconds !== null) run.observe(runSeconds, { type })
      }
    },
    claimLost: (how) => lost.add({ how }),
    reconciled: (what, count) => reconciled.add({ what }, count),
    deleted: (what, count) => deleted.add({ what }, count),
  }
}

/** The gauges of pending and running jobs. */
function registerActiveJobs(metrics: Metrics, db: Db, types: readonly string[]): void {
  const active = coalesced(() => readActive(db))
  metrics.gauge(
    'chartroom_jobs',
    'Pending and running jobs on the whole instance.',
    async () => {
      const rows = await active()
      return [...new Set([...types, ...rows.map((row) => row.job_type)])].flatMap((type) =>
        ['pending', 'running'].map((state) => ({
          labels: { type, state },
          value: rows.find((row) => row.job_type === type && row.job_state === state)?.count ?? 0,
        })),
      )
    },
    ['type', 'state'],
  )
  metrics.gauge(
    'chartroom_jobs_oldest_pending_seconds',
    'Age of the oldest pending job on the whole instance; 0 if there is none.',
    async () => {
      const ages = (await active()).filter((row) => row.job_state === 'pending').map((row) => row.oldest_seconds)
      return [{ labels: {}, value: Math.max(0, ...ages) }]
    },
  )
}

interface ActiveCount {
  job_type: string
  job_state: string
  count: number
  oldest_seconds: number
}

/** Counts active jobs through the partial index job_active, without reading the ended ones, of which there may be a million. */
async function readActive(db: Db): Promise<ActiveCount[]> {
  return await db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = ${sql.lit(READ_TIMEOUT)}`.execute(trx)
    const result = await sql<ActiveCount>`
      select job_type, job_state, count(*)::int as count, extract(epoch from now() - min(created_at))::float8 as oldest_seconds
      from job where ${isActive} group by job_type, job_state
    `.execute(trx)
    return result.rows
  })
}

/** Coalesces concurrent reads. */
function coalesced<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | null = null
  return () => {
    reading ??= read().finally(() => {
      reading = null
    })
    return reading
  }
}
