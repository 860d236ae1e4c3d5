import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { type JobLogLine, LOG_LEVELS, type Visibility } from '../model/job-record.ts'
import { logTimestamp } from '../model/log-timestamp.ts'
import { visible } from './list-jobs.ts'

/** A page of a job's log. */
export interface LogPage {
  logs: (JobLogLine & { seq: number; attempt: number })[]
  /** Pass as `after` for the next page, even if this page is empty: new lines follow it. */
  nextAfter: number
}

interface LogRow {
  seq: number
  at: Date
  level: number
  attempt: number
  message: string
}

/** Which lines of a log: the first `limit` after a sequence number, or the last `limit` before one or of all. */
export type LogRange = { after: number; limit: number } | { before: number | null; limit: number }

/** Lines of a job's log, oldest first; null when there is no such job that the caller may see. */
export async function readJobLog(db: Db, visibility: Visibility, jobId: string, range: LogRange): Promise<LogPage | null> {
  const job = await sql`select 1 from job where id = ${jobId} and ${visible(visibility)}`.execute(db)
  if (job.rows.length === 0) return null
  // Uses the primary key of job_log, forwards or backwards.
  const of = sql`from job_log where job_id = ${jobId}`
  const columns = sql`seq, at, level, attempt, message`
  const before = 'after' in range || range.before === null ? sql`true` : sql`seq < ${range.before}`
  const statement =
    'after' in range
      ? sql<LogRow>`select ${columns} ${of} and seq > ${range.after} order by seq limit ${range.limit}`
      : sql<LogRow>`select * from (select ${columns} ${of} and ${before} order by seq desc limit ${range.limit}) last order by seq`
  const lines = await statement.execute(db)
  return {
    logs: lines.rows.map((row) => ({
      seq: row.seq,
      attempt: row.attempt,
      timestamp: logTimestamp(row.at),
      type: LOG_LEVELS[row.level] ?? 'info',
      message: row.message,
    })),
    nextAfter: lines.rows.at(-1)?.seq ?? ('after' in range ? range.after : 0),
  }
}
