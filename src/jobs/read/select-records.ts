import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { type JobLogLine, type JobRecord, type JobState, type JobStepRecord, LOG_LEVELS } from '../model/job-record.ts'
import { logTimestampOfJson } from '../model/log-timestamp.ts'
import { LISTED_BYTES, listedBytes, listedMessage } from './listed-line.ts'

interface RecordRow {
  id: string
  parent_job_id: string | null
  job_type: string
  job_state: JobState
  account_id: number | null
  parameters: Record<string, unknown>
  result: Record<string, unknown> | null
  percent_complete: number
  priority: number
  created_at: Date
  updated_at: Date
  steps: JobStepRecord[] | null
  /** The last lines, oldest first, in columns; null when there are none. */
  log_times: string[] | null
  log_levels: number[] | null
  log_messages: string[] | null
}

const LOG_TAIL = 100

/**
 * The full records of the jobs that a statement selects, newest first, in one statement.
 *
 * An index alone yields the ids before any row is read, so a deep offset skips index entries, not rows. Steps and log lines come as
 * JSON in their job's row: as rows of their own, the thousands of lines on a page would cost more in the driver than in the
 * database.
 *
 * Long lines are cut, and the log of a record takes at most 40 KB, older lines being left out first: 200 records with giant lines
 * would hold the event loop for seconds.
 *
 * @param ids a statement that selects `id`.
 */
export async function selectRecords(db: Db, ids: RawBuilder<unknown>): Promise<JobRecord[]> {
  // Uses the unique index on (job_id, step_name) and the primary key of job_log backwards, 100 entries per job.
  const result = await sql<RecordRow>`
    select job.id, job.parent_job_id, job.job_type, job.job_state, job.account_id, job.parameters, job.result,
      job.percent_complete, job.priority, job.created_at, job.updated_at, steps.list as steps, logs.*
    from (${ids}) page
    join job on job.id = page.id
    cross join lateral (
      select json_agg(json_build_object('id', id, 'jobId', job_id, 'stepName', step_name, 'status', status,
        'startedAt', (extract(epoch from started_at) * 1000)::bigint, 'completedAt', (extract(epoch from completed_at) * 1000)::bigint,
        'result', result, 'error', error, 'attempt', attempt) order by ordinal) as list
      from job_step where job_step.job_id = job.id
    ) steps
    cross join lateral (
      select json_agg(at at time zone 'UTC' order by seq) as log_times, json_agg(level order by seq) as log_levels,
        json_agg(message order by seq) as log_messages
      from (
        select seq, at, level, ${listedMessage} as message, sum(${listedBytes}) over (order by seq desc rows unbounded preceding) as bytes
        from job_log where job_log.job_id = job.id order by seq desc limit ${LOG_TAIL}
      ) tail where bytes <= ${LISTED_BYTES}
    ) logs
    order by job.created_at desc, job.id desc
  `.execute(db)
  return result.rows.map(toRecord)
}

function toRecord(row: RecordRow): JobRecord {
  return {
    id: row.id,
    parentJobId: row.parent_job_id,
    jobType: row.job_type,
    jobState: row.job_state,
    accountId: row.account_id,
    parameters: row.parameters,
    result: row.result,
    logs: toLogs(row),
    percentComplete: row.percent_complete,
    priority: row.priority,
    createdAt: row.created_at.getTime(),
    updatedAt: row.updated_at.getTime(),
    steps: row.steps ?? [],
  }
}

function toLogs({ log_times: times, log_levels: levels, log_messages: messages }: RecordRow): JobLogLine[] {
  if (times === null || levels === null || messages === null) return []
  return messages.map((message, i) => ({
    timestamp: logTimestampOfJson(times[i] ?? ''),
    type: LOG_LEVELS[levels[i] ?? -1] ?? 'info',
    message,
  }))
}
