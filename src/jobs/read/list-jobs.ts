import { type SqlBool, sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { readSnapshot } from '#db/read-snapshot.ts'
import { isActive, type JobRecord, type JobState, type Visibility } from '../model/job-record.ts'
import { selectRecords } from './select-records.ts'

/** Which jobs to list, and which page of them. */
export interface ListJobsQuery {
  visibility: Visibility
  /** Only pending and running jobs. */
  activeOnly: boolean
  limit: number
  offset: number
  /** Start after this job, the last one of the previous page, instead of at an offset. */
  after?: JobPosition | undefined
  jobType?: string | undefined
  jobState?: JobState | undefined
  parentJobId?: string | undefined
}

/** A job's position in the order of the list. */
export interface JobPosition {
  createdAt: number
  id: string
}

/** A page of jobs. */
export interface JobsPage {
  jobs: JobRecord[]
  /** The number of jobs that match, on all pages. */
  total: number
}

type Filter = Pick<ListJobsQuery, 'visibility' | 'activeOnly' | 'jobType' | 'jobState' | 'parentJobId'>

/** Milliseconds that each statement of a list may take. */
export const LONGEST_STATEMENT = 5_000

/**
 * One page of jobs, newest first (`created_at`, then `id`, both descending), with steps and the last log lines.
 *
 * Both statements read one snapshot, so page, steps, logs and total agree even while jobs run. A page past the end is empty, with
 * the exact total.
 *
 * @param signal aborts when the client has gone: it cancels the running statement.
 * @throws the signal's reason; AppError QUERY_TIMEOUT (503).
 */
export async function listJobs(db: Db, query: ListJobsQuery, signal?: AbortSignal): Promise<JobsPage> {
  return await readSnapshot(db, { statementMilliseconds: LONGEST_STATEMENT, signal }, async (trx) => {
    const jobs = await selectRecords(trx, pageOfIds(query))
    return { jobs, total: await countJobs(trx, query) }
  })
}

/**
 * The number of jobs that match, in a statement of its own: a window count on the page takes 30 times as long and fails past the end.
 * For a list limited only by account it sums the counts kept with each insert and delete, a few rows instead of all.
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

/** The statement of a page; exported for the test that explains its plan. */
export function pageOfIds(query: ListJobsQuery) {
  const { visibility, activeOnly, limit, offset, after } = query
  const matches = sql`${filters(query)} and ${following(after)}`
  if (visibility.all || activeOnly || query.parentJobId !== undefined) {
    // Uses job_newest; job_active for active jobs; job_parent for children, which are few, so that filtering by account is cheap.
    return sql`
      select id from job where ${visible(visibility)} and ${matches}
      order by created_at desc, id desc limit ${limit} offset ${offset}`
  }
  // Uses job_account_newest twice and merges: "account = n or account is null" in one condition would scan every job. The order
  // names account_id because the planner does not infer that "is null" makes it constant, and would sort.
  const newest = sql`order by account_id, created_at desc, id desc limit ${limit + offset}`
  const own = sql`(select id, created_at from job where account_id = ${visibility.accountId} and ${matches} ${newest})`
  const shared = sql`(select id, created_at from job where account_id is null and ${matches} ${newest})`
  return sql`select id from (${own} union all ${shared}) both_kinds order by created_at desc, id desc limit ${limit} offset ${offset}`
}

/** The condition on `job` or `job_count` that the caller may see the row. */
export function visible(visibility: Visibility) {
  if (visibility.all) return sql<SqlBool>`true`
  return sql<SqlBool>`(account_id = ${visibility.accountId} or account_id is null)`
}

function filters({ activeOnly, jobType, jobState, parentJobId }: Omit<Filter, 'visibility'>) {
  const conditions = [sql`true`]
  if (activeOnly) conditions.push(isActive)
  if (jobType !== undefined) conditions.push(sql`job_type = ${jobType}`)
  if (jobState !== undefined) conditions.push(sql`job_state = ${jobState}`)
  if (parentJobId !== undefined) conditions.push(sql`parent_job_id = ${parentJobId}`)
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`
}

function following(after: JobPosition | undefined) {
  if (after === undefined) return sql<SqlBool>`true`
  return sql<SqlBool>`(created_at, id) < (${new Date(after.createdAt)}::timestamptz, ${after.id}::uuid)`
}
