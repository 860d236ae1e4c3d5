import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { type JobLogLine, type JobRecord, LOG_LEVELS } from '../model/job-record.ts'
import { logTimestampOfJson } from '../model/log-timestamp.ts'
import { LISTED_BYTES, listedBytes, listedMessage } from './listed-line.ts'
import { jobSteps, type RecordRow, recordColumns, toRecord } from './record-columns.ts'
import { type FoundJobs, preparedAs, type SelectedJobs, totalColumn } from './selected-jobs.ts'

interface FullRow extends RecordRow {
  total: number | null
  /** The last lines, oldest first, in columns; null when there are none. */
  log_times: string[] | null
  log_levels: number[] | null
  log_messages: string[] | null
}

const LOG_TAIL = 100

/** The full records of the jobs that a statement selects, newest first. @param ids a statement that selects `id`. */
export async function selectRecords(db: Db, ids: RawBuilder<unknown>): Promise<JobRecord[]> {
  return (await selectRecordPage(db, { ids })).jobs
}

/**
 * The full records of a page of jobs, in one statement.
 *
 * An index alone yields the ids before any row is read, so a deep offset skips index entries, not rows. Steps and log lines come as
 * JSON in their job's row: as rows of their own, the thousands of lines on a page would cost more in the driver than in the
 * database.
 *
 * Long lines are cut, and the log of a record takes at most 40 KB, older lines being left out first: 200 records with giant lines
 * would hold the event loop for seconds.
 */
export async function selectRecordPage(db: Db, page: SelectedJobs): Promise<FoundJobs<JobRecord>> {
  // Uses the primary key of job_log backwards, 100 entries per job.
  const result = await sql<FullRow>`${preparedAs('list-records', page)}
    select ${recordColumns}, logs.*, ${totalColumn(page)}
    from (${page.ids}) page
    join job on job.id = page.id
    cross join lateral ${jobSteps}
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
  return { jobs: result.rows.map(toFullRecord), total: result.rows[0]?.total ?? null }
}

/** With the members in the order of the documented answer. */
function toFullRecord(row: FullRow): JobRecord {
  const { id, parentJobId, jobType, jobState, accountId, parameters, result, ...rest } = toRecord(row)
  return { id, parentJobId, jobType, jobState, accountId, parameters, result, logs: toLogs(row), ...rest }
}

function toLogs({ log_times: times, log_levels: levels, log_messages: messages }: FullRow): JobLogLine[] {
  if (times === null || levels === null || messages === null) return []
  return messages.map((message, i) => ({
    timestamp: logTimestampOfJson(times[i] ?? ''),
    type: LOG_LEVELS[levels[i] ?? -1] ?? 'info',
    message,
  }))
}
