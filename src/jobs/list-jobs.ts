import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { readSnapshot } from '#db/read-snapshot.ts'
import type { JobStateColumn, StepStatusColumn } from '#db/schema.ts'
import { type JobLogLine, type JobRecord, type JobStepRecord, LOG_LEVELS, type Visibility } from './job-record.ts'

export interface ListJobsQuery {
  visibility: Visibility
  /** Only pending and running jobs. */
  activeOnly: boolean
  limit: number
  offset: number
  /** Go on after this job instead of counting an offset: the last one of the page before. */
  after?: JobPosition | undefined
  jobType?: string | undefined
  jobState?: JobStateColumn | undefined
  parentJobId?: string | undefined
}

/** A job's place in the order of the list. */
export interface JobPosition {
  createdAt: number
  id: string
}

export interface JobsPage {
  jobs: JobRecord[]
  /** Jobs that match, over all pages. */
  total: number
}

type Filter = Pick<ListJobsQuery, 'visibility' | 'activeOnly' | 'jobType' | 'jobState' | 'parentJobId'>

const LOG_TAIL = 100
/** Milliseconds: a list must never hold the database for long, whatever it is asked for. */
export const LONGEST_STATEMENT = 5_000

/**
 * One page of jobs, newest first (`created_at`, then `id`, both descending), with steps and the last log lines.
 *
 * All statements read one snapshot, so page, steps, logs and total agree with each other even while jobs run. A page past the
 * end is empty with the true total.
 *
 * @param signal aborted when the client has gone: the statement under way is cancelled.
 * @throws the signal's reason; AppError QUERY_TIMEOUT (503).
 */
export async function listJobs(db: Db, query: ListJobsQuery, signal?: AbortSignal): Promise<JobsPage> {
  return await readSnapshot(db, { statementMilliseconds: LONGEST_STATEMENT, signal }, async (trx) => {
    const jobs = await selectRecords(trx, pageOfIds(query))
    return { jobs, total: await countJobs(trx, query) }
  })
}

/** Whole records of the jobs that a statement names, newest first, in three statements however many there are. */
export async function selectRecords(trx: Db, ids: RawBuilder<unknown>): Promise<JobRecord[]> {
  const rows = await selectRows(trx, ids)
  const named = rows.map((row) => row.id)
  const steps = await selectSteps(trx, named)
  const logs = await selectLogTails(trx, named)
  return rows.map((row) => toRecord(row, steps.get(row.id) ?? [], logs.get(row.id) ?? []))
}

/**
 * How many jobs match, by a statement of its own: a window count on the page costs 30 times as much and is lost past the end.
 * Where only the account is asked for, the counts that are kept with each insert and delete are added up: a few rows instead of all.
 */
export async function countJobs(db: Db, query: Filter): Promise<number> {
  const narrowed =
    query.activeOnly || query.jobType !== undefined || query.jobState !== undefined || query.parentJobId !== undefined
  const count = narrowed
    ? sql<{ total: number }>`select count(*)::int as total from job where ${visible(query.visibility)} and ${filters(query)}`
    : sql<{ total: number }>`select coalesce(sum(jobs), 0)::int as total from job_count where ${visible(query.visibility)}`
  const result = await count.execute(db)
  return result.rows[0]?.total ?? 0
}

interface JobRow {
  id: string
  parent_job_id: string | null
  job_type: string
  job_state: JobStateColumn
  account_id: number | null
  parameters: Record<string, unknown>
  result: Record<string, unknown> | null
  percent_complete: number
  priority: number
  created_at: Date
  updated_at: Date
}

/** The ids of the page come from an index alone; only then are the rows read, so a deep offset skips index entries, not rows. */
async function selectRows(trx: Db, ids: RawBuilder<unknown>): Promise<JobRow[]> {
  const result = await sql<JobRow>`
    select job.id, job.parent_job_id, job.job_type, job.job_state, job.account_id, job.parameters, job.result,
      job.percent_complete, job.priority, job.created_at, job.updated_at
    from (${ids}) page
    join job on job.id = page.id
    order by job.created_at desc, job.id desc
  `.execute(trx)
  return result.rows
}

/** The statement behind a page, apart for the test that explains it. */
export function pageOfIds(query: ListJobsQuery) {
  const { visibility, activeOnly, limit, offset, after } = query
  const matches = sql`${filters(query)} and ${following(after)}`
  if (visibility.all || activeOnly || query.parentJobId !== undefined) {
    // uses job_newest, job_active for active jobs or job_parent for children (few, so the account is a mere filter)
    return sql`
      select id from job where ${visible(visibility)} and ${matches}
      order by created_at desc, id desc limit ${limit} offset ${offset}`
  }
  // uses job_account_newest twice and merges: "account = n or account is null" as one condition would scan every job. The
  // constant account_id stands in the order because the planner does not see that "is null" makes it constant, and would sort.
  const newest = sql`order by account_id, created_at desc, id desc limit ${limit + offset}`
  const own = sql`(select id, created_at from job where account_id = ${visibility.accountId} and ${matches} ${newest})`
  const shared = sql`(select id, created_at from job where account_id is null and ${matches} ${newest})`
  return sql`select id from (${own} union all ${shared}) both_kinds order by created_at desc, id desc limit ${limit} offset ${offset}`
}

export function visible(visibility: Visibility) {
  if (visibility.all) return sql<SqlBool>`true`
  return sql<SqlBool>`(account_id = ${visibility.accountId} or account_id is null)`
}

function filters({ activeOnly, jobType, jobState, parentJobId }: Omit<Filter, 'visibility'>) {
  const conditions = [sql`true`]
  if (activeOnly) conditions.push(sql`job_state in ('pending','running')`)
  if (jobType !== undefined) conditions.push(sql`job_type = ${jobType}`)
  if (jobState !== undefined) conditions.push(sql`job_state = ${jobState}`)
  if (parentJobId !== undefined) conditions.push(sql`parent_job_id = ${parentJobId}`)
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`
}

function following(after: JobPosition | undefined) {
  if (after === undefined) return sql<SqlBool>`true`
  return sql<SqlBool>`(created_at, id) < (${new Date(after.createdAt)}::timestamptz, ${after.id}::uuid)`
}

interface StepRow {
  id: string
  job_id: string
  step_name: string
  status: StepStatusColumn
  started_at: Date | null
  completed_at: Date | null
  result: unknown
  error: unknown
  attempt: number
}

// uses the unique index on (job_id, step_name)
async function selectSteps(trx: Db, jobIds: readonly string[]): Promise<Map<string, JobStepRecord[]>> {
  const result = await sql<StepRow>`
    select id, job_id, step_name, status, started_at, completed_at, result, error, attempt
    from job_step where job_id = any(${jobIds}::uuid[]) order by job_id, ordinal
  `.execute(trx)
  const byJob = new Map<string, JobStepRecord[]>()
  for (const row of result.rows) {
    append(byJob, row.job_id, {
      id: row.id,
      jobId: row.job_id,
      stepName: row.step_name,
      status: row.status,
      startedAt: row.started_at?.getTime() ?? null,
      completedAt: row.completed_at?.getTime() ?? null,
      result: row.result,
      error: row.error,
      attempt: row.attempt,
    })
  }
  return byJob
}

interface LogRow {
  job_id: string
  at: Date
  level: number
  message: string
}

// uses the primary key of job_log backwards, 100 entries a job
async function selectLogTails(trx: Db, jobIds: readonly string[]): Promise<Map<string, JobLogLine[]>> {
  const result = await sql<LogRow>`
    select wanted.job_id, tail.at, tail.level, tail.message
    from unnest(${jobIds}::uuid[]) as wanted (job_id)
    cross join lateral (
      select seq, at, level, message from job_log where job_log.job_id = wanted.job_id order by seq desc limit ${LOG_TAIL}
    ) tail
    order by wanted.job_id, tail.seq
  `.execute(trx)
  const byJob = new Map<string, JobLogLine[]>()
  for (const row of result.rows) {
    append(byJob, row.job_id, {
      timestamp: row.at.toISOString().replace('Z', '+00:00'),
      type: LOG_LEVELS[row.level] ?? 'info',
      message: row.message,
    })
  }
  return byJob
}

function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

function toRecord(row: JobRow, steps: JobStepRecord[], logs: JobLogLine[]): JobRecord {
  return {
    id: row.id,
    parentJobId: row.parent_job_id,
    jobType: row.job_type,
    jobState: row.job_state,
    accountId: row.account_id,
    parameters: row.parameters,
    result: row.result,
    logs,
    percentComplete: row.percent_complete,
    priority: row.priority,
    createdAt: row.created_at.getTime(),
    updatedAt: row.updated_at.getTime(),
    steps,
  }
}
