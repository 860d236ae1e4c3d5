import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { JOB_STATES, type JobState, type Visibility } from '../model/job-record.ts'

/** Which jobs to list or count. Times are milliseconds since the Unix epoch. */
export interface JobFilter {
  visibility: Visibility
  /** Only pending and running jobs. */
  activeOnly: boolean
  jobType?: string | undefined
  /** Only jobs in one of these states. */
  jobStates?: readonly JobState[] | undefined
  /** Only the children of this job; `none`: only jobs without a parent. */
  parentJobId?: string | undefined
  /** Only jobs of this account; a caller sees no jobs of other accounts. */
  accountId?: number | undefined
  /** Only jobs created at this time or later. */
  createdAfter?: number | undefined
  /** Only jobs created before this time. */
  createdBefore?: number | undefined
}

/** The states of each partial index, with its condition as the planner must find it. */
export const INDEXED_STATES = [
  { states: ['pending', 'running'], condition: sql<SqlBool>`job_state in ('pending', 'running')` },
  { states: ['failed', 'cancelled'], condition: sql<SqlBool>`job_state in ('failed', 'cancelled')` },
] as const satisfies readonly { states: readonly JobState[]; condition: RawBuilder<SqlBool> }[]

const ACTIVE: readonly JobState[] = INDEXED_STATES[0].states

/** The states that a filter lets through; null for all. */
export function statesOf({ activeOnly, jobStates }: JobFilter): readonly JobState[] | null {
  const wanted = JOB_STATES.filter((state) => (jobStates?.includes(state) ?? true) && (!activeOnly || ACTIVE.includes(state)))
  return wanted.length === JOB_STATES.length ? null : wanted
}

/** The accounts whose jobs a filter lets through, null being the whole server; `all` without a limit. */
export function accountsOf({ visibility, accountId }: JobFilter): 'all' | readonly (number | null)[] {
  if (visibility.all) return accountId === undefined ? 'all' : [accountId]
  if (accountId === undefined) return [visibility.accountId, null]
  return accountId === visibility.accountId ? [accountId] : []
}

/** The condition on a row with `account_id` that it belongs to one of these accounts. */
export function ofAccounts(accounts: ReturnType<typeof accountsOf>): RawBuilder<SqlBool> {
  if (accounts === 'all') return sql<SqlBool>`true`
  const each = accounts.map((account) => (account === null ? sql`account_id is null` : sql`account_id = ${account}`))
  return each.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`(${sql.join(each, sql` or `)})`
}

/** The condition on `job` that its state is one of these; null is any. */
export function inStates(states: readonly JobState[] | null): RawBuilder<SqlBool> {
  if (states === null) return sql<SqlBool>`true`
  return states.length === 1 ? sql<SqlBool>`job_state = ${states[0]}` : sql<SqlBool>`job_state = any(${[...states]}::text[])`
}

/** The conditions of a filter on `job` besides state and account. */
export function otherConditions({ jobType, parentJobId, createdAfter, createdBefore }: JobFilter): RawBuilder<SqlBool> {
  const conditions = [sql`true`]
  if (jobType !== undefined) conditions.push(sql`job_type = ${jobType}`)
  if (parentJobId === 'none') conditions.push(sql`parent_job_id is null`)
  else if (parentJobId !== undefined) conditions.push(sql`parent_job_id = ${parentJobId}`)
  if (createdAfter !== undefined) conditions.push(sql`created_at >= ${new Date(createdAfter)}`)
  if (createdBefore !== undefined) conditions.push(sql`created_at < ${new Date(createdBefore)}`)
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`
}
