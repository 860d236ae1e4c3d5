import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { readSnapshot } from '#db/read-snapshot.ts'
import type { JobRecord, Visibility } from '../model/job-record.ts'
import type { JobSummary } from '../model/job-summary.ts'
import type { QueuePlaces } from '../queue/delivery-queue.ts'
import { countJobs, totalOf } from './count-jobs.ts'
import { accountsOf, INDEXED_STATES, inStates, type JobFilter, ofAccounts, otherConditions, statesOf } from './job-filter.ts'
import { selectRecordPage } from './select-records.ts'
import { selectSummaryPage } from './select-summaries.ts'
import type { FoundJobs, SelectedJobs } from './selected-jobs.ts'

/** Which jobs to list, and which page of them. */
export interface ListJobsQuery extends JobFilter {
  limit: number
  offset: number
  /** Start after this job, the last one of the previous page, instead of at an offset. */
  after?: JobPosition | undefined
}

/** A job's position in the order of the list. */
export interface JobPosition {
  createdAt: number
  id: string
}

/** A page of jobs. */
export interface JobsPage<T = JobRecord> {
  jobs: T[]
  /** The number of jobs that match, on all pages. */
  total: number
}

/** Milliseconds that each statement of a list may take. */
export const LONGEST_STATEMENT = 5_000

/**
 * One page of jobs, newest first (`created_at`, then `id`, both descending), with steps and the last log lines.
 *
 * Page, steps, logs and total are of one snapshot, so they agree even while jobs run. A page past the end is empty, with the exact
 * total.
 *
 * @param signal aborts when the client has gone: it cancels the running statement.
 * @throws the signal's reason; AppError QUERY_TIMEOUT (503).
 */
export async function listJobs(db: Db, query: ListJobsQuery, signal?: AbortSignal): Promise<JobsPage> {
  return await readPage(db, query, signal, selectRecordPage)
}

/** The same as summaries: without logs, with times and reasons. */
export async function listSummaries(
  db: Db,
  query: ListJobsQuery,
  queue: QueuePlaces,
  signal?: AbortSignal,
): Promise<JobsPage<JobSummary>> {
  return await readPage(db, query, signal, (trx, page) => selectSummaryPage(trx, page, queue))
}

async function readPage<T>(
  db: Db,
  query: ListJobsQuery,
  signal: AbortSignal | undefined,
  select: (trx: Db, page: SelectedJobs) => Promise<FoundJobs<T>>,
): Promise<JobsPage<T>> {
  const page = { ids: pageOfIds(query), total: totalOf(query), shape: shapeOf(query) }
  return await readSnapshot(db, { statementMilliseconds: LONGEST_STATEMENT, signal }, async (trx) => {
    const { jobs, total } = await select(trx, page)
    // An empty page has no row that could carry the total.
    return { jobs, total: total ?? (await countJobs(trx, query)) }
  })
}

/** Distinguishes the statements of common pages; null for a page that is rarely asked for. */
function shapeOf({ visibility, activeOnly, parentJobId, after, ...filters }: ListJobsQuery): string | null {
  const { jobType, jobStates, accountId, createdAfter, createdBefore } = filters
  if ([jobType, jobStates, accountId, createdAfter, createdBefore, after].some((each) => each !== undefined)) return null
  if (parentJobId !== undefined && parentJobId !== 'none') return null
  return [visibility.all ? 'every' : 'account', activeOnly ? 'active' : 'any', parentJobId === 'none' ? 'top' : 'all'].join('-')
}

/** The statement of a page; exported for the test that explains its plan. */
export function pageOfIds(query: ListJobsQuery): RawBuilder<unknown> {
  const { limit, offset, after } = query
  const accounts = accountsOf(query)
  const states = statesOf(query)
  const others = sql`${otherConditions(query)} and ${following(after)}`
  const newest = sql`order by created_at desc, id desc limit ${limit} offset ${offset}`
  const single = sql`select id from job where ${ofAccounts(accounts)} and ${inStates(states)} and ${others} ${newest}`

  // Uses job_parent: children are few, so that any other condition is cheap.
  if (query.parentJobId !== undefined && query.parentJobId !== 'none') return single
  if (states === null || states.includes('completed')) {
    // Uses job_newest or job_top_newest.
    if (accounts === 'all' || accounts.length === 0) return single
    // Uses job_account_newest or job_top_account_newest for each account and merges: "account = n or account is null" in one condition
    // would scan every job. The order names account_id because the planner does not infer that "is null" makes it constant, and
    // would sort.
    const order = sql`order by account_id, created_at desc, id desc limit ${limit + offset}`
    return merged(
      accounts.map((account) => sql`where ${ofAccounts([account])} and ${inStates(states)} and ${others} ${order}`),
      newest,
    )
  }
  // Uses job_active or job_unsuccessful, or merges both.
  const order = sql`order by created_at desc, id desc limit ${limit + offset}`
  const groups = INDEXED_STATES.filter((group) => group.states.some((state) => states.includes(state)))
  if (groups.length === 0) return sql`select id from job where false`
  return merged(
    groups.map(
      ({ condition }) => sql`where ${condition} and ${inStates(states)} and ${ofAccounts(accounts)} and ${others} ${order}`,
    ),
    newest,
  )
}

/** The newest of several ordered parts of the table, each given by its conditions. */
function merged(parts: readonly RawBuilder<unknown>[], newest: RawBuilder<unknown>): RawBuilder<unknown> {
  const selects = parts.map((conditions) => sql`(select id, created_at from job ${conditions})`)
  return sql`select id from (${sql.join(selects, sql` union all `)}) parts ${newest}`
}

/** The condition on `job` that the caller may see the row. */
export function visible(visibility: Visibility): RawBuilder<SqlBool> {
  return ofAccounts(accountsOf({ visibility, activeOnly: false }))
}

function following(after: JobPosition | undefined): RawBuilder<SqlBool> {
  if (after === undefined) return sql<SqlBool>`true`
  return sql<SqlBool>`(created_at, id) < (${new Date(after.createdAt)}::timestamptz, ${after.id}::uuid)`
}
