import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { toJsonb } from '#db/to-jsonb.ts'
import { announceChanged } from '../model/announce.ts'
import { type JobState, LOG_LEVELS, type LogLevel } from '../model/job-record.ts'
import type { ChildTotals, JobResult } from '../model/job-type.ts'

// Parents and children. Code that ends, cancels or retries a job with a parent locks the root's row first and other rows after
// it. This order prevents deadlocks, and of two last children that end together exactly one settles the parent.

/** A final state of a job. */
export type EndState = Exclude<JobState, 'pending' | 'running'>

/** A job that has just ended. */
export interface EndedJob {
  jobType: string
  state: EndState
  /** Seconds since its first run; null when it never ran. */
  runSeconds: number | null
}

/** Seconds since a job's first run (a column expression on `job`), for a job that ends in this transaction. */
export const runSeconds = sql<number | null>`extract(epoch from statement_timestamp() - started_at)::float8`

/** Most lines that one child may add to its parent's log. */
const MAXIMUM_COPIED = 200

/** Takes the tree's lock until the end of the transaction. */
export async function lockTree(trx: Db, rootId: string): Promise<void> {
  await sql`select 1 from job where id = ${rootId} for update`.execute(trx)
}

interface Parent {
  job_type: string
  parent_job_id: string | null
  waiting: boolean
  waiting_totals: ChildTotals | null
  waiting_result: Record<string, unknown> | null
  on_child_failure: 'fail' | 'report' | null
  open_children: number
  failed_children: number
  cancel_requested: boolean
}

/**
 * Counts ended children at their parent. The last child settles the parent, which counts at its own parent in turn. The caller
 * holds the tree's lock.
 *
 * A waiting parent ends as cancelled when its cancel was requested; as failed when a child failed or was cancelled and the parent
 * chose `fail`, or when the totals say so; otherwise as completed.
 *
 * @returns the parents that ended, from the bottom up.
 */
export async function countEndedChildren(trx: Db, parentId: string, ended: number, unsuccessful: number): Promise<EndedJob[]> {
  const result = await sql<Parent>`
    update job set open_children = open_children - ${ended}, failed_children = failed_children + ${unsuccessful}, updated_at = statement_timestamp()
    where id = ${parentId} and job_state = 'running'
    returning job_type, parent_job_id, waiting, waiting_result, waiting_totals, on_child_failure, open_children, failed_children,
      cancel_requested_at is not null as cancel_requested
  `.execute(trx)
  const parent = result.rows[0]
  if (parent === undefined) return []
  await announceChanged(trx, [parentId])
  // Below zero the count was wrong, but no child is open, so the parent must still end.
  return parent.waiting && parent.open_children <= 0 ? await settleWaiting(trx, parentId, parent) : []
}

/** Settles a parent whose children have all ended. */
async function settleWaiting(trx: Db, id: string, parent: Parent): Promise<EndedJob[]> {
  const counts = await countChildren(trx, id)
  const totals = parent.waiting_totals
  const sums = totals === null ? {} : await sumOfChildren(trx, id, totals, parent.waiting_result ?? {})
  const error = parent.cancel_requested ? null : failureOf(parent, counts, sums)
  const state: EndState = parent.cancel_requested ? 'cancelled' : error !== null ? 'failed' : 'completed'
  const own = parent.waiting_result ?? {}
  const result: Record<string, unknown> = { ...addWithin(own, totals?.within ?? [], sums), ...sums, children: counts }
  if (totals !== null) {
    const all = counts.completed + counts.failed + counts.cancelled
    const text = totals.sum.map((field) => `${field} ${sums[field]}`).join(', ')
    await appendLine(trx, id, 'info', `${all === 1 ? 'The only child job has' : `All ${all} child jobs have`} ended: ${text}`)
  }
  if (error !== null) {
    result['error'] = error.message
    await appendLine(trx, id, 'error', `Failed: ${error.message}`)
  }
  if (state === 'cancelled') await appendLine(trx, id, 'warning', 'Cancelled')
  const row = await sql<{ seconds: number | null }>`
    update job set job_state = ${state}, waiting = false, open_children = 0, finished_at = statement_timestamp(), updated_at = statement_timestamp(),
      result = ${toJsonb(result)}::jsonb, error = ${error === null ? null : toJsonb(error)}::jsonb,
      percent_complete = case when ${state} = 'completed' then 100 else percent_complete end
    where id = ${id} returning ${runSeconds} as seconds
  `.execute(trx)
  await endOpenSteps(trx, [id], state)
  await announceChanged(trx, [id])
  const ended: EndedJob = { jobType: parent.job_type, state, runSeconds: row.rows[0]?.seconds ?? null }
  if (parent.parent_job_id === null) return [ended]
  return [ended, ...(await countEndedChildren(trx, parent.parent_job_id, 1, state === 'completed' ? 0 : 1))]
}

/** A copy of a result in which the object at the path has the children's part of the sums added to its numbers. */
function addWithin(own: JobResult, path: readonly string[], sums: Record<string, number>): JobResult {
  if (path.length === 0) return own
  const added = (node: JobResult, [name, ...rest]: readonly string[]): JobResult =>
    name === undefined
      ? {
          ...node,
          ...Object.fromEntries(
            Object.entries(sums).map(([field, sum]) => [field, numberOf(node, field) + sum - numberOf(own, field)]),
          ),
        }
      : { ...node, [name]: added((node[name] ?? {}) as JobResult, rest) }
  return added(own, path)
}

function numberOf(result: JobResult, field: string): number {
  const value = result[field]
  return typeof value === 'number' ? value : 0
}

/** Why a parent whose children have all ended fails, or null. */
function failureOf(
  parent: Parent,
  counts: Record<EndState, number>,
  sums: Record<string, number>,
): { name: string; message: string } | null {
  const unsuccessful = counts.failed + counts.cancelled
  if (unsuccessful > 0 && parent.on_child_failure === 'fail') {
    return { name: 'ChildFailed', message: `${unsuccessful} of ${counts.completed + unsuccessful} child jobs did not succeed` }
  }
  const rule = parent.waiting_totals?.failWhen
  if (rule === undefined || (sums[rule.field] ?? 0) < rule.reaches) return null
  return { name: 'ChildFailed', message: rule.message }
}

/** The parent's own numbers, plus those of its completed children and the weights of the others. Uses job_parent. */
async function sumOfChildren(
  trx: Db,
  id: string,
  totals: ChildTotals,
  own: Record<string, unknown>,
): Promise<Record<string, number>> {
  const result = await sql<{ field: string; total: number }>`
    select field, coalesce(sum(case when child.job_state <> 'completed' then case when field = ${totals.missing ?? null} then child.child_weight end
      when jsonb_typeof(child.result -> field) = 'number' then (child.result ->> field)::numeric end), 0)::float8 as total
    from unnest(${totals.sum}::text[]) as wanted (field)
    left join job child on child.parent_job_id = ${id}
    group by field
  `.execute(trx)
  return Object.fromEntries(result.rows.map(({ field, total }) => [field, numberOf(own, field) + total]))
}

/**
 * Copies the error lines of a child's last attempt to its waiting parent's log, if the parent asked for them, so that readers need
 * not open a hundred children. The caller holds the tree's lock, and a waiting parent has no run that writes lines, so the
 * numbers are free.
 */
export async function copyErrorsToParent(trx: Db, parentId: string, childId: string, attempt: number): Promise<void> {
  await sql`
    insert into job_log (job_id, seq, at, level, attempt, message)
    select parent.id, coalesce((select max(seq) from job_log where job_id = parent.id), 0) + row_number() over (order by line.seq),
      line.at, line.level, parent.attempt, line.message
    from job parent join job_log line on line.job_id = ${childId} and line.attempt = ${attempt}
      and line.level = ${LOG_LEVELS.indexOf('error')}
    where parent.id = ${parentId} and parent.waiting and parent.waiting_totals -> 'errors' = 'true'::jsonb
    order by line.seq limit ${MAXIMUM_COPIED}
    on conflict do nothing
  `.execute(trx)
}

async function countChildren(trx: Db, id: string): Promise<Record<EndState, number>> {
  const result = await sql<{ job_state: string; count: number }>`
    select job_state, count(*)::int as count from job where parent_job_id = ${id} group by job_state
  `.execute(trx)
  const of = (state: EndState) => result.rows.find((row) => row.job_state === state)?.count ?? 0
  return { completed: of('completed'), failed: of('failed'), cancelled: of('cancelled') }
}

/**
 * Ends the open steps of ended jobs. A running step ends as its job did; one that never ran is skipped, or cancelled with its job.
 * A step of a completed job that failed in an earlier attempt, and that the last attempt did not need, becomes skipped and keeps
 * its error.
 */
export async function endOpenSteps(trx: Db, jobIds: readonly string[], state: EndState): Promise<void> {
  const untouched = state === 'cancelled' ? 'cancelled' : 'skipped'
  await sql`
    update job_step set status = case when status = 'running' then ${state} else ${untouched} end,
      completed_at = case when status = 'running' then statement_timestamp() end
    where job_id = any(${jobIds}::uuid[]) and (status in ('pending', 'running') or ${state} = 'completed' and status = 'failed')
  `.execute(trx)
}

/** Adds a log line to a job that has no run to write it. */
export async function appendLine(trx: Db, jobId: string, level: LogLevel, message: string): Promise<void> {
  await appendLineToEach(trx, [jobId], level, message)
}

/** Adds the same log line to jobs that have no run to write it. */
export async function appendLineToEach(trx: Db, jobIds: readonly string[], level: LogLevel, message: string): Promise<void> {
  await sql`
    insert into job_log (job_id, seq, at, level, attempt, message)
    select id, coalesce((select max(seq) from job_log where job_id = job.id), 0) + 1, statement_timestamp(), ${LOG_LEVELS.indexOf(level)}, attempt, ${message}
    from job where id = any(${jobIds}::uuid[])
    on conflict do nothing
  `.execute(trx)
}

/** Per cent of a waiting job (a column expression on `job`): its own part, then the weighted mean of its children. */
export const progressOfChildren = sql`least(99, waiting_from + floor((100 - waiting_from) * coalesce(
  (select sum(child.percent_complete * child.child_weight) / sum(child.child_weight) / 100 from job child where child.parent_job_id = job.id), 0)))`

/** Sets a waiting job's progress to that of its children, even if lower: for a job that is retried. */
export async function showProgressOfChildren(trx: Db, jobId: string): Promise<void> {
  await sql`update job set percent_complete = ${progressOfChildren} where id = ${jobId} and waiting`.execute(trx)
}
