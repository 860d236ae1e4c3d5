import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { repeatBatches } from '#lib/repeat-batches.ts'

/** How long jobs are kept. */
export interface RetentionRules {
  /** Days to keep a completed or cancelled job. */
  completedDays: number
  /** Days to keep a failed job. */
  failedDays: number
  /** Days to keep the log of a completed job. */
  completedLogDays: number
  /** Most trees of ended jobs to keep; the oldest are deleted first. */
  maximumRoots: number
}

/** The rules of the product. */
export const RETENTION: RetentionRules = { completedDays: 30, failedDays: 180, completedLogDays: 7, maximumRoots: 100_000 }

const BATCH = 1_000
/** Milliseconds between two batches. */
const PAUSE = 100

/**
 * Deletes old jobs, whole trees at a time, by the state and age of their roots; then the logs of completed jobs. It works in
 * batches with pauses, because one large delete would lock and bloat the tables. It skips locked rows until the next turn and
 * locks what it deletes, so that a job being retried does not vanish with its tree.
 *
 * @returns the number of roots deleted, and of jobs whose logs were deleted.
 * @throws the signal's reason.
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
  const pause = () => clock.sleep(PAUSE, signal)
  const repeat = (batch: () => RawBuilder<{ id: string }>) =>
    repeatBatches({ size: BATCH, signal, pause }, async () => (await batch().execute(db)).rows.length)
  const roots = (await repeat(byAge)) + (await repeat(byCount))
  return { roots, logs: await repeat(logs) }
}
