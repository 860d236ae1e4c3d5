import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { readSnapshot } from '#db/read-snapshot.ts'
import { type JobLogLine, type JobRecord, LOG_LEVELS, type Visibility } from '../model/job-record.ts'
import { logTimestamp } from '../model/log-timestamp.ts'
import { LONGEST_STATEMENT, visible } from './list-jobs.ts'
import { selectRecords } from './select-records.ts'

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
  job_state: string
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
      waitingReason: waitingReason(row),
    }
  })
}

function waitingReason(row: DetailRow): string | null {
  if (row.job_state === 'running' && row.waiting) return `waits for ${row.open_children} of ${row.child_ids.length} child jobs`
  if (row.job_state !== 'pending') return null
  if (row.ahead > 0) return `${row.ahead} ${row.ahead === 1 ? 'job is' : 'jobs are'} ahead of it in its queue`
  return row.attempt > 0 ? 'waits to be tried again' : 'waits for a free worker'
}

/** A page of a job's log. */
export interface LogPage {
  logs: (JobLogLine & { seq: number; attempt: number })[]
  /** Pass as `after` for the next page, even if this page is empty: new lines follow it. */
  nextAfter: number
}

/** Lines of a job's log after a sequence number, oldest first; null when there is no such job that the caller may see. */
export async function readJobLog(
  db: Db,
  visibility: Visibility,
  jobId: string,
  page: { after: number; limit: number },
): Promise<LogPage | null> {
  const job = await sql`select 1 from job where id = ${jobId} and ${visible(visibility)}`.execute(db)
  if (job.rows.length === 0) return null
  // Uses the primary key of job_log.
  const lines = await sql<{ seq: number; at: Date; level: number; attempt: number; message: string }>`
    select seq, at, level, attempt, message from job_log where job_id = ${jobId} and seq > ${page.after} order by seq limit ${page.limit}
  `.execute(db)
  return {
    logs: lines.rows.map((row) => ({
      seq: row.seq,
      attempt: row.attempt,
      timestamp: logTimestamp(row.at),
      type: LOG_LEVELS[row.level] ?? 'info',
      message: row.message,
    })),
    nextAfter: lines.rows.at(-1)?.seq ?? page.after,
  }
}
