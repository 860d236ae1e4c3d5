import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { AppError } from '#lib/errors.ts'
import { announceChanged } from '../model/announce.ts'
import type { Faults } from '../model/faults.ts'
import type { Registry } from '../model/registry.ts'
import type { DeliveryQueue } from '../queue/delivery-queue.ts'
import { jobTypeActive } from '../queue/enqueue.ts'
import { countEndedChildren, type EndedJob, lockTree, showProgressOfChildren } from './job-tree.ts'

/** A job's row, as far as a retry needs it. */
interface RetriedRow {
  id: string
  job_type: string
  job_state: string
  root_job_id: string
  parent_job_id: string | null
  priority: number
  delivery: number
}

/**
 * Runs a failed or cancelled job again: the same job with a new attempt and all its tries. By case:
 *
 * - without children: pending again. It keeps its completed steps, with `fromStep` only those before it. Its progress follows from
 *   the kept steps, so it may be lower than before.
 * - with children: waits again for those that did not complete, which are retried the same way, grandchildren included.
 * - with children that have all completed (it was cancelled as the last of them ended): completes now; nothing runs again.
 * - with children that have all completed but whose totals failed it: waits again for those that counted towards the failure, which
 *   run from their first step. If none did, it fails again at once for the same reason.
 * - a child: its ended ancestors, completed ones included, wait again and end with it.
 * - retried or cancelled by another caller at the same time: the tree's lock orders them. A second retry finds the job active; a
 *   cancel that comes second cancels it again.
 * - its last run is not over yet (left behind after a cancel): the new attempt fences it off.
 *
 * @param fromStep also repeats this step and later ones, even if completed. Not for a job with children.
 * @returns the jobs that ended in this transaction: parents without a child to retry.
 * @throws AppError JOB_NOT_FOUND (404); JOB_ACTIVE (409) when the job is pending or running; JOB_COMPLETED (409) when it completed;
 *   JOB_TYPE_ACTIVE (409) when another job of its exclusive type, or of an ancestor's or child's, is active; JOB_TYPE_UNKNOWN (400)
 *   when this server cannot run it; JOB_STEP_UNKNOWN (400).
 */
export async function retryJob(
  db: Db,
  deliveryQueue: DeliveryQueue,
  registry: Registry,
  jobId: string,
  fromStep: string | null,
  faults?: Faults,
): Promise<EndedJob[]> {
  const found = await sql<RetriedRow>`select root_job_id from job where id = ${jobId}`.execute(db)
  const row = found.rows[0]
  if (row === undefined) throw notFound(jobId)
  const ended = await db
    .transaction()
    .execute(async (trx) => {
      await lockTree(trx, row.root_job_id)
      const job = await readEnded(trx, jobId)
      if (job === undefined) throw notFound(jobId)
      refuseUnlessEnded(job)
      // From the top down: a job that ends at once must find its ancestors waiting for it.
      const ancestors = await reopenAncestors(trx, job)
      const jobs = await reopenTree(trx, deliveryQueue, registry, job, fromStep, false)
      for (const id of ancestors) await showProgressOfChildren(trx, id)
      await faults?.hit('in-retry')
      return jobs
    })
    .catch(async (error) => {
      throw (await jobTypeActive(db, error)) ?? error
    })
  await faults?.hit('after-retry')
  return ended
}

function notFound(jobId: string): AppError {
  return new AppError('JOB_NOT_FOUND', `There is no job ${jobId}.`)
}

async function readEnded(trx: Db, jobId: string): Promise<RetriedRow | undefined> {
  const result = await sql<RetriedRow>`
    select id, job_type, job_state, root_job_id, parent_job_id, priority, delivery from job where id = ${jobId} for update
  `.execute(trx)
  return result.rows[0]
}

function refuseUnlessEnded({ id, job_state: state }: RetriedRow): void {
  if (state === 'pending' || state === 'running')
    throw new AppError('JOB_ACTIVE', `Job ${id} is ${state}: retry it once it has ended.`)
  if (state === 'completed')
    throw new AppError('JOB_COMPLETED', `Job ${id} has completed: only a failed or cancelled job can be retried.`)
}

/**
 * Makes a job pending, or lets it wait for the children to retry.
 *
 * @param allSteps also repeats completed steps.
 */
async function reopenTree(
  trx: Db,
  deliveryQueue: DeliveryQueue,
  registry: Registry,
  job: RetriedRow,
  fromStep: string | null,
  allSteps: boolean,
): Promise<EndedJob[]> {
  const children = await sql<RetriedRow>`
    select id, job_type, job_state, root_job_id, parent_job_id, priority, delivery from job
    where parent_job_id = ${job.id} order by id for update
  `.execute(trx)
  if (children.rows.length > 0) {
    if (fromStep !== null) {
      throw new AppError(
        'JOB_STEP_UNKNOWN',
        `Job ${job.id} is retried through its child jobs, so fromStep has no meaning for it.`,
      )
    }
    const incomplete = children.rows.filter((child) => child.job_state !== 'completed')
    const blamed = incomplete.length === 0 ? await childrenBehindFailure(trx, job) : new Set<string>()
    const retried = incomplete.length === 0 ? children.rows.filter((child) => blamed.has(child.id)) : incomplete
    await reopen(
      trx,
      job.id,
      retried.map((child) => child.id),
    )
    const ended: EndedJob[] = []
    for (const child of retried)
      ended.push(...(await reopenTree(trx, deliveryQueue, registry, child, null, blamed.has(child.id))))
    await showProgressOfChildren(trx, job.id)
    if (retried.length === 0) ended.push(...(await countEndedChildren(trx, job.id, 0, 0)))
    return ended
  }
  const type = registry.get(job.job_type)
  if (type === undefined) throw new AppError('JOB_TYPE_UNKNOWN', `There is no job type ${job.job_type}.`)
  await resetSteps(trx, job.id, fromStep, allSteps)
  await sql`
    update job set job_state = 'pending', tries = 0, memory_losses = 0, result = null, error = null, finished_at = null, updated_at = statement_timestamp(),
      cancel_requested_at = null, cancel_reason = null, waiting = false,
      percent_complete = coalesce((select floor(99 * sum(weight) filter (where status = 'completed') / sum(weight))
        from job_step where job_id = job.id), 0)
    where id = ${job.id}
  `.execute(trx)
  await deliveryQueue.sendAgain(trx, type.queue, job.id, job.priority, job.delivery + 1)
  await announceChanged(trx, [job.id])
  return []
}

/** The completed children that counted towards the total that failed their parent. */
async function childrenBehindFailure(trx: Db, job: RetriedRow): Promise<Set<string>> {
  const result = await sql<{ id: string }>`
    select child.id from job parent
    join job child on child.parent_job_id = parent.id and child.job_state = 'completed'
    where parent.id = ${job.id} and parent.job_state = 'failed'
      and jsonb_typeof(child.result -> (parent.waiting_totals #>> '{failWhen,field}')) = 'number'
      and child.result -> (parent.waiting_totals #>> '{failWhen,field}') > '0'::jsonb
  `.execute(trx)
  return new Set(result.rows.map((row) => row.id))
}

async function resetSteps(trx: Db, jobId: string, fromStep: string | null, all: boolean): Promise<void> {
  const steps = await trx
    .selectFrom('job_step')
    .select(['step_name', 'ordinal'])
    .where('job_id', '=', jobId)
    .orderBy('ordinal')
    .execute()
  const from = steps.find((step) => step.step_name === fromStep)
  if (fromStep !== null && from === undefined) {
    const names = steps.map((step) => step.step_name).join(', ')
    throw new AppError('JOB_STEP_UNKNOWN', `Job ${jobId} has no step ${fromStep}; its steps are ${names || 'none'}.`)
  }
  await sql`
    update job_step set status = 'pending', started_at = null, completed_at = null, result = null, error = null, cursor = null
    where job_id = ${jobId} and (status <> 'completed' or ordinal >= ${all ? 0 : (from?.ordinal ?? 2_147_483_647)})
  `.execute(trx)
}

/** Lets an ended parent wait again for these children. */
async function reopen(trx: Db, jobId: string, children: readonly string[]): Promise<void> {
  await sql`
    update job set job_state = 'running', waiting = true, open_children = ${children.length}, result = null, error = null,
      failed_children = ${unsuccessfulExcept(children)}, finished_at = null, updated_at = statement_timestamp(), cancel_requested_at = null,
      cancel_reason = null, percent_complete = least(percent_complete, 99)
    where id = ${jobId}
  `.execute(trx)
  // Steps return to what they were while the job waited: running if they had started, else pending. A step that failed by itself
  // has an error and stays failed.
  await sql`
    update job_step set status = case when started_at is null then 'pending' else 'running' end, completed_at = null, error = null
    where job_id = ${jobId} and (status in ('cancelled', 'skipped') or (status = 'failed' and error is null))
  `.execute(trx)
  await announceChanged(trx, [jobId])
}

/** The number of unsuccessful children of a job, not counting these (a column expression on `job`). */
function unsuccessfulExcept(children: readonly string[]) {
  return sql`(select count(*) from job child where child.parent_job_id = job.id
    and child.job_state in ('failed', 'cancelled') and child.id <> all(${children}::uuid[]))`
}

/**
 * Counts a retried child as open at its parent again. A parent that had ended waits again and is open at its own parent.
 *
 * @returns the ancestors that had ended, from the bottom up.
 */
async function reopenAncestors(trx: Db, child: RetriedRow): Promise<string[]> {
  const reopened: string[] = []
  for (let { id, parent_job_id: parentId } = child; parentId !== null; ) {
    const parent = await sql<{ job_state: string; parent_job_id: string | null }>`
      select job_state, parent_job_id from job where id = ${parentId} for update
    `.execute(trx)
    const row = parent.rows[0]
    if (row === undefined) break
    if (row.job_state === 'running') {
      await sql`
        update job set open_children = open_children + 1, failed_children = ${unsuccessfulExcept([id])}, updated_at = statement_timestamp()
        where id = ${parentId}
      `.execute(trx)
      await announceChanged(trx, [parentId])
      break
    }
    await reopen(trx, parentId, [id])
    reopened.push(parentId)
    id = parentId
    parentId = row.parent_job_id
  }
  return reopened
}
