import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { JobState } from '../model/job-record.ts'
import { accountsOf, INDEXED_STATES, inStates, type JobFilter, ofAccounts, otherConditions, statesOf } from './job-filter.ts'

/** Numbers of jobs. Types and states without a job are left out of `byType`, and are 0 in `byState`. */
export interface JobCounts {
  byState: Record<JobState, number>
  byType: Record<string, number>
  total: number
}

interface Tally {
  job_type: string
  /** Null: of all states, from the kept counts. */
  job_state: JobState | null
  jobs: number
}

/** The number of jobs that match. */
export async function countJobs(db: Db, filter: JobFilter): Promise<number> {
  const result = await sql<{ total: number }>`select ${totalOf(filter)} as total`.execute(db)
  return result.rows[0]?.total ?? 0
}

/**
 * The number of jobs that match, as an expression: a window count on the page takes 30 times as long and fails past the end. For a
 * list limited only by account, type, "no parent" or state it begins with the counts kept with each insert and delete, a few rows
 * instead of all; only jobs that have not completed are counted then, by their partial indexes.
 */
export function totalOf(filter: JobFilter): RawBuilder<number> {
  const states = statesOf(filter)
  const counted = (condition: RawBuilder<unknown>) => sql<number>`(
    select count(*)::int from job where ${condition} and ${ofAccounts(accountsOf(filter))} and ${otherConditions(filter)}
  )`
  if (!isKept(filter)) return counted(inStates(states))
  const every = sql<number>`(select coalesce(sum(jobs), 0)::int from job_count where ${keptConditions(filter)})`
  if (states === null) return every
  const isWanted = (state: JobState) => states.includes(state)
  const needsRest = isWanted('completed')
  const parts = INDEXED_STATES.flatMap((group) => {
    const chosen = group.states.filter((state) => isWanted(state) !== needsRest)
    return chosen.length === 0 ? [] : [counted(sql`${group.condition} and ${inStates(chosen)}`)]
  })
  if (needsRest) return sql<number>`(${sql.join([every, ...parts], sql` - `)})`
  return parts.length === 0 ? sql<number>`0` : sql<number>`(${sql.join(parts, sql` + `)})`
}

/**
 * The numbers of jobs that match, by state and by type. Where the kept counts suffice, only jobs that have not completed are
 * counted, by their partial indexes, and the completed ones are the rest.
 */
export async function countByStateAndType(db: Db, filter: JobFilter): Promise<JobCounts> {
  const states = statesOf(filter)
  const parts = isKept(filter) ? keptParts(filter, states) : [part(filter, inStates(states))]
  const result = await sql<Tally>`${sql.join(parts, sql` union all `)}`.execute(db)
  return add(withCompleted(result.rows).filter(({ job_state: state }) => states?.includes(state) ?? true))
}

/** Whether `job_count` knows the number of the jobs that match, their state aside. */
function isKept({ parentJobId, createdAfter, createdBefore }: JobFilter): boolean {
  return (parentJobId === undefined || parentJobId === 'none') && createdAfter === undefined && createdBefore === undefined
}

function keptConditions(filter: JobFilter) {
  const { jobType, parentJobId } = filter
  const type = jobType === undefined ? sql`true` : sql`job_type = ${jobType}`
  const top = parentJobId === 'none' ? sql`is_top` : sql`true`
  return sql`${ofAccounts(accountsOf(filter))} and ${type} and ${top}`
}

function keptParts(filter: JobFilter, states: readonly JobState[] | null): RawBuilder<Tally>[] {
  const needsRest = states === null || states.includes('completed')
  const parts = INDEXED_STATES.filter((group) => needsRest || group.states.some((state) => states.includes(state))).map((group) =>
    part(filter, group.condition),
  )
  // `having` drops what was deleted and not folded yet.
  const kept = sql<Tally>`select job_type, null as job_state, sum(jobs)::int as jobs from job_count
    where ${keptConditions(filter)} group by job_type having sum(jobs) <> 0`
  const nothing = sql<Tally>`select '' as job_type, null as job_state, 0 as jobs where false`
  return [needsRest ? kept : nothing, ...parts]
}

function part(filter: JobFilter, state: RawBuilder<unknown>): RawBuilder<Tally> {
  return sql<Tally>`select job_type, job_state, count(*)::int as jobs from job
    where ${state} and ${ofAccounts(accountsOf(filter))} and ${otherConditions(filter)} group by job_type, job_state`
}

type StateTally = Tally & { job_state: JobState }

/** Replaces the numbers of all states by those of completed jobs: the others were counted. */
function withCompleted(tallies: readonly Tally[]): StateTally[] {
  const counted = tallies.filter((each): each is StateTally => each.job_state !== null)
  const rest = tallies
    .filter(({ job_state: state }) => state === null)
    .map(({ job_type: type, jobs }): StateTally => {
      const others = counted.filter((each) => each.job_type === type).reduce((sum, each) => sum + each.jobs, 0)
      return { job_type: type, job_state: 'completed', jobs: jobs - others }
    })
  return [...counted, ...rest].filter(({ jobs }) => jobs > 0)
}

function add(tallies: readonly StateTally[]): JobCounts {
  const counts: JobCounts = {
    byState: { pending: 0, running: 0, completed: 0, failed: 0, cancelled: 0 },
    byType: {},
    total: 0,
  }
  for (const { job_type: type, job_state: state, jobs } of tallies) {
    counts.byState[state] += jobs
    counts.byType[type] = (counts.byType[type] ?? 0) + jobs
    counts.total += jobs
  }
  return counts
}
