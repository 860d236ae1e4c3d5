import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { readSnapshot } from '#db/read-snapshot.ts'
import type { JobRecord, JobState, Visibility } from '../model/job-record.ts'
import type { JobSummary } from '../model/job-summary.ts'
import type { QueuePlaces } from '../queue/delivery-queue.ts'
import { LONGEST_STATEMENT, visible } from './list-jobs.ts'
import { selectRecords } from './select-records.ts'
import { selectSummaries } from './select-summaries.ts'
import { waitingReason } from './waiting-reason.ts'

/** A job with the details that the list omits. */
export interface JobDetail extends JobRecord {
  childJobIds: string[]
  /** Why it failed. */
  error: { name: string; message: string } | null
  startedAt: number | null
  finishedAt: number | null
  cancelRequestedAt: number | null
  /** The number of claims so far. */
  attempt: number
  /** Why an active job is not running on a worker; null when it is, or when the job has ended. */
  waitingReason: string | null
}

interface DetailRow {
  error: { name: string; message: string } | null
  job_state: JobState
  attempt: number
  waiting: boolean
  open_children: number
  started_at: Date | null
  finished_at: Date | null
  cancel_requested_at: Date | null
  child_ids: string[]
  ahead: number
}

/**
 * One job, or null when there is no such job that the caller may see. Reads one snapshot, as the list does.
 *
 * @param ahead the number of jobs that its queue would deliver first (`DeliveryQueue.ahead`).
 */
export async function getJob(
  db: Db,
  visibility: Visibility,
  jobId: string,
  ahead: RawBuilder<number>,
): Promise<JobDetail | null> {
  return await readSnapshot(db, { statementMilliseconds: LONGEST_STATEMENT }, async (trx) => {
    const [record] = await selectRecords(trx, sql`select id from job where id = ${jobId} and ${visible(visibility)}`)
    if (record === undefined) return null
    const result = await sql<DetailRow>`
        select error, job_state, attempt, waiting, open_children, started_at, finished_at, cancel_requested_at,
          array(select child.id from job child where child.parent_job_id = job.id order by child.created_at, child.id) as child_ids,
          ${ahead} as ahead
        from job where id = ${jobId}
      `.execute(trx)
    const row = result.rows[0]
    if (row === undefined) return null
    return {
      ...record,
      childJobIds: row.child_ids,
      error: row.error,
      startedAt: row.started_at?.getTime() ?? null,
      finishedAt: row.finished_at?.getTime() ?? null,
      cancelRequestedAt: row.cancel_requested_at?.getTime() ?? null,
      attempt: row.attempt,
      waitingReason: waitingReason({
        jobState: row.job_state,
        waitsForChildren: row.waiting,
        openChildren: row.open_children,
        children: row.child_ids.length,
        attempt: row.attempt,
        ahead: row.ahead,
      }),
    }
  })
}

/** The same as a summary. */
export async function getSummary(db: Db, visibility: Visibility, jobId: string, queue: QueuePlaces): Promise<JobSummary | null> {
  const ids = sql`select id from job where id = ${jobId} and ${visible(visibility)}`
  const [summary] = await selectSummaries(db, ids, queue)
  return summary ?? null
}
