import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'

export interface RetentionRules {
  /** Days a completed or cancelled job is kept. */
  completedDays: number
  failedDays: number
  /** Days the log of a completed job is kept. */
  completedLogDays: number
  /** Most trees of ended jobs to keep, the oldest go first. */
  maximumRoots: number
}

export const RETENTION: RetentionRules = { completedDays: 30, failedDays: 180, completedLogDays: 7, maximumRoots: 100_000 }

const BATCH = 1_000
const PAUSE = 100

/**
 * Deletes old jobs, whole trees at a time, by the state and age of their roots; then the logs of completed jobs. In batches with
 * a pause between them: one great delete would hold the tables and bloat them at once. Rows that somebody holds are passed over
 * until the next turn, and what is deleted is locked first: a job that is retried at this moment must not vanish with its tree.
 *
 * @returns how many roots and how many jobs' logs were deleted.
 */
export async function deleteOldJobs(
  db: Db,
  rules: RetentionRules,
  clock: Clock,
  signal: AbortSignal,
): Promise<{ roots: number; logs: number }> {
  const byAge = () => sql<{ id: string }>`
    with old as (
      select id from job where parent_job_id is null and finished_at is not null
        and ((job_state in ('completed', 'cancelled') and finished_at < now() - ${rules.completedDays} * interval '1 day')
          or (job_state = 'failed' and finished_at < now() - ${rules.failedDays} * interval '1 day'))
      order by finished_at limit ${BATCH} for update skip locked
    )
    delete from job using old where job.id = old.id returning job.id`
  const byCount = () => sql<{ id: string }>`
    with old as (
      select id from job where parent_job_id is null and finished_at is not null
      order by finished_at, id limit least(${BATCH}::bigint, greatest(0, (select count(*) from job
        where parent_job_id is null and finished_at is not null) - ${rules.maximumRoots})) for update skip locked
    )
    delete from job using old where job.id = old.id returning job.id`
  const logs = () => sql<{ id: string }>`
    with old as (
      select id from job where job_state = 'completed' and finished_at < now() - ${rules.completedLogDays} * interval '1 day'
        and exists (select 1 from job_log where job_log.job_id = job.id)
      order by finished_at limit ${BATCH}
    ), gone as (delete from job_log using old where job_log.job_id = old.id)
    select id from old`
  const roots = (await untilEmpty(byAge)) + (await untilEmpty(byCount))
  return { roots, logs: await untilEmpty(logs) }

  async function untilEmpty(batch: () => ReturnType<typeof sql<{ id: string }>>): Promise<number> {
    for (let total = 0; ; await clock.sleep(PAUSE, signal)) {
      signal.throwIfAborted()
      const deleted = (await batch().execute(db)).rows.length
      total += deleted
      if (deleted < BATCH) return total
    }
  }
}
