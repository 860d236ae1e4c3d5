import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { announceChanged } from './announce.ts'
import { LOG_LEVELS } from './job-record.ts'
import { toJsonb } from './to-jsonb.ts'

// Parents and children. Whoever ends, cancels or retries a job that has a parent locks the root's row first and rows below it
// after that: one order for all, so they cannot deadlock, and of two last children that end together exactly one settles the
// parent.

export type EndState = 'completed' | 'failed' | 'cancelled'

/** Takes the tree's lock, until the end of the transaction. */
export async function lockTree(trx: Db, rootId: string): Promise<void> {
  await sql`select 1 from job where id = ${rootId} for update`.execute(trx)
}

interface Parent {
  parent_job_id: string | null
  waiting: boolean
  waiting_result: Record<string, unknown> | null
  on_child_failure: 'fail' | 'report' | null
  open_children: number
  failed_children: number
  cancel_requested: boolean
}

/**
 * Counts children that have ended at their parent; the last one settles it, and what that means for the parent's own parent
 * follows. The caller holds the tree's lock.
 *
 * A waiting parent ends: cancelled, when its cancel was requested; failed, when a child failed or was cancelled and the parent
 * chose `fail`; completed otherwise.
 */
export async function countEndedChildren(trx: Db, parentId: string, ended: number, unsuccessful: number): Promise<void> {
  const result = await sql<Parent>`
    update job set open_children = open_children - ${ended}, failed_children = failed_children + ${unsuccessful}, updated_at = now()
    where id = ${parentId} and job_state = 'running'
    returning parent_job_id, waiting, waiting_result, on_child_failure, open_children, failed_children,
      cancel_requested_at is not null as cancel_requested
  `.execute(trx)
  const parent = result.rows[0]
  if (parent === undefined) return
  await announceChanged(trx, [parentId])
  // Below zero, the count was wrong; the children must be able to end all the same, and none is open.
  if (parent.waiting && parent.open_children <= 0) await settleWaiting(trx, parentId, parent)
}

/** The end of a parent whose children have all ended. */
async function settleWaiting(trx: Db, id: string, parent: Parent): Promise<void> {
  const counts = await countChildren(trx, id)
  const unsuccessful = counts.failed + counts.cancelled
  const state: EndState = parent.cancel_requested
    ? 'cancelled'
    : unsuccessful > 0 && parent.on_child_failure === 'fail'
      ? 'failed'
      : 'completed'
  const result: Record<string, unknown> = { ...parent.waiting_result, children: counts }
  let error: { name: string; message: string } | null = null
  if (state === 'failed') {
    error = { name: 'ChildFailed', message: `${unsuccessful} of ${counts.completed + unsuccessful} child jobs did not succeed` }
    result['error'] = error.message
    await appendLine(trx, id, 'error', `Failed: ${error.message}`)
  }
  await sql`
    update job set job_state = ${state}, waiting = false, open_children = 0, finished_at = now(), updated_at = now(),
      result = ${toJsonb(result)}::jsonb, error = ${error === null ? null : toJsonb(error)}::jsonb,
      percent_complete = case when ${state} = 'completed' then 100 else percent_complete end
    where id = ${id}
  `.execute(trx)
  await endOpenSteps(trx, [id], state)
  await announceChanged(trx, [id])
  if (parent.parent_job_id !== null) await countEndedChildren(trx, parent.parent_job_id, 1, state === 'completed' ? 0 : 1)
}

async function countChildren(trx: Db, id: string): Promise<Record<EndState, number>> {
  const result = await sql<{ job_state: string; count: number }>`
    select job_state, count(*)::int as count from job where parent_job_id = ${id} group by job_state
  `.execute(trx)
  const of = (state: EndState) => result.rows.find((row) => row.job_state === state)?.count ?? 0
  return { completed: of('completed'), failed: of('failed'), cancelled: of('cancelled') }
}

/**
 * Gives the open steps of ended jobs an end of their own: what ran has ended with the job, what never ran was skipped (or
 * cancelled with it). A finished job must have no step that looks as if it were still to come.
 */
export async function endOpenSteps(trx: Db, jobIds: readonly string[], state: EndState): Promise<void> {
  const untouched = state === 'cancelled' ? 'cancelled' : 'skipped'
  await sql`
    update job_step set status = case when status = 'running' then ${state} else ${untouched} end,
      completed_at = case when status = 'running' then now() end
    where job_id = any(${jobIds}::uuid[]) and status in ('pending', 'running')
  `.execute(trx)
}

/** A log line of a job that has no run to write it. */
export async function appendLine(trx: Db, jobId: string, level: (typeof LOG_LEVELS)[number], message: string): Promise<void> {
  await sql`
    insert into job_log (job_id, seq, at, level, attempt, message)
    select id, coalesce((select max(seq) from job_log where job_id = job.id), 0) + 1, now(), ${LOG_LEVELS.indexOf(level)}, attempt, ${message}
    from job where id = ${jobId}
    on conflict do nothing
  `.execute(trx)
}

/** Per cent of a waiting job (a column expression on `job`): its own part, and the weighted mean of its children on the rest. */
export const progressOfChildren = sql`least(99, waiting_from + floor((100 - waiting_from) * coalesce(
  (select sum(child.percent_complete * child.child_weight) / sum(child.child_weight) / 100 from job child where child.parent_job_id = job.id), 0)))`

/** Sets a waiting job's progress to what its children have achieved, lower too: for a job that was retried. */
export async function showProgressOfChildren(trx: Db, jobId: string): Promise<void> {
  await sql`update job set percent_complete = ${progressOfChildren} where id = ${jobId} and waiting`.execute(trx)
}
