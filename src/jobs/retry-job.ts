import { sql } from 'kysely'
import { isUniqueViolation } from '#db/connection-error.ts'
import type { Db } from '#db/database.ts'
import { AppError } from '#lib/errors.ts'
import { announceChanged } from './announce.ts'
import type { Boss } from './boss.ts'
import { jobTypeActive } from './enqueue.ts'
import { lockTree } from './job-tree.ts'
import type { Registry } from './registry.ts'

interface Ended {
  id: string
  job_type: string
  job_state: string
  root_job_id: string
  parent_job_id: string | null
  priority: number
  waiting_result: unknown
}

/**
 * Runs a failed or cancelled job again: the same job with a new attempt, its finished steps kept. A job that had fanned out is
 * retried through its children that did not complete, and waits for them again. A child's ancestors that had ended are waiting
 * again too.
 *
 * @param fromStep also repeats this step and the ones after it, although they had finished.
 * @throws AppError JOB_NOT_FOUND (404); JOB_ACTIVE (409) while it is pending or running; JOB_COMPLETED (409) when it completed
 *   (create a new one instead); JOB_TYPE_ACTIVE (409) when its uniqueness is taken; JOB_STEP_UNKNOWN (400).
 */
export async function retryJob(db: Db, boss: Boss, registry: Registry, jobId: string, fromStep: string | null): Promise<void> {
  const found = await sql<Ended>`select root_job_id, job_type from job where id = ${jobId}`.execute(db)
  const row = found.rows[0]
  if (row === undefined) throw new AppError('JOB_NOT_FOUND', 404, `There is no job ${jobId}.`)
  try {
    await db.transaction().execute(async (trx) => {
      await lockTree(trx, row.root_job_id)
      const job = await readEnded(trx, jobId)
      if (job === undefined) throw new AppError('JOB_NOT_FOUND', 404, `There is no job ${jobId}.`)
      refuseUnlessEnded(job)
      await revive(trx, boss, registry, job, fromStep)
      await reopenAncestors(trx, job.parent_job_id)
    })
  } catch (error) {
    throw isUniqueViolation(error, 'job_dedupe') ? jobTypeActive(row.job_type, error) : error
  }
}

async function readEnded(trx: Db, jobId: string): Promise<Ended | undefined> {
  const result = await sql<Ended>`
    select id, job_type, job_state, root_job_id, parent_job_id, priority, waiting_result from job where id = ${jobId} for update
  `.execute(trx)
  return result.rows[0]
}

function refuseUnlessEnded({ id, job_state: state }: Ended): void {
  if (state === 'pending' || state === 'running')
    throw new AppError('JOB_ACTIVE', 409, `Job ${id} is ${state}: it can be retried once it has ended.`)
  if (state === 'completed')
    throw new AppError('JOB_COMPLETED', 409, `Job ${id} has completed: only a failed or cancelled job can be retried.`)
}

async function revive(trx: Db, boss: Boss, registry: Registry, job: Ended, fromStep: string | null): Promise<void> {
  const children = await sql<Ended>`
    select id, job_type, job_state, root_job_id, parent_job_id, priority, waiting_result from job
    where parent_job_id = ${job.id} and job_state in ('failed', 'cancelled') order by id for update
  `.execute(trx)
  if (children.rows.length > 0) {
    if (fromStep !== null) {
      throw new AppError(
        'JOB_STEP_UNKNOWN',
        400,
        `Job ${job.id} is retried through its child jobs, so fromStep has no meaning for it.`,
      )
    }
    for (const child of children.rows) await revive(trx, boss, registry, child, null)
    await reopen(trx, job.id, children.rows.length)
    return
  }
  const type = registry.get(job.job_type)
  if (type === undefined) throw new AppError('JOB_TYPE_UNKNOWN', 400, `There is no job type ${job.job_type}.`)
  await resetSteps(trx, job.id, fromStep)
  await sql`
    update job set job_state = 'pending', tries = 0, delivery = -1, result = null, error = null, finished_at = null, updated_at = now(),
      cancel_requested_at = null, cancel_reason = null, waiting = false,
      percent_complete = coalesce((select floor(99 * sum(weight) filter (where status = 'completed') / sum(weight))
        from job_step where job_id = job.id), 0)
    where id = ${job.id}
  `.execute(trx)
  // The entry of the earlier run may still be kept; sending the same id again would be refused.
  await boss.forget(trx, type.queue, [job.id])
  await boss.send(trx, type.queue, job.id, job.priority)
  await announceChanged(trx, [job.id])
}

async function resetSteps(trx: Db, jobId: string, fromStep: string | null): Promise<void> {
  const steps = await trx
    .selectFrom('job_step')
    .select(['step_name', 'ordinal'])
    .where('job_id', '=', jobId)
    .orderBy('ordinal')
    .execute()
  const from = steps.find((step) => step.step_name === fromStep)
  if (fromStep !== null && from === undefined) {
    const names = steps.map((step) => step.step_name).join(', ')
    throw new AppError('JOB_STEP_UNKNOWN', 400, `Job ${jobId} has no step ${fromStep}; its steps are ${names || 'none'}.`)
  }
  await sql`
    update job_step set status = 'pending', started_at = null, completed_at = null, result = null, error = null, cursor = null
    where job_id = ${jobId} and (status <> 'completed' or ordinal >= ${from?.ordinal ?? 2_147_483_647})
  `.execute(trx)
}

/** Lets an ended parent wait again for so many children. */
async function reopen(trx: Db, jobId: string, children: number): Promise<void> {
  await sql`
    update job set job_state = 'running', waiting = true, open_children = ${children}, failed_children = 0, result = null, error = null,
      finished_at = null, updated_at = now(), cancel_requested_at = null, cancel_reason = null,
      percent_complete = least(percent_complete, 99)
    where id = ${jobId}
  `.execute(trx)
  await announceChanged(trx, [jobId])
}

/** A revived child is open again at its parent; a parent that had ended waits again, and is open at its own parent. */
async function reopenAncestors(trx: Db, parentId: string | null): Promise<void> {
  for (let id = parentId; id !== null; ) {
    const parent = await sql<{ job_state: string; parent_job_id: string | null }>`
      select job_state, parent_job_id from job where id = ${id} for update
    `.execute(trx)
    const row = parent.rows[0]
    if (row === undefined) return
    if (row.job_state === 'running') {
      await sql`
        update job set open_children = open_children + 1, failed_children = greatest(failed_children - 1, 0), updated_at = now() where id = ${id}
      `.execute(trx)
      await announceChanged(trx, [id])
      return
    }
    await reopen(trx, id, 1)
    await recountFailed(trx, id)
    id = row.parent_job_id
  }
}

async function recountFailed(trx: Db, parentId: string): Promise<void> {
  await sql`
    update job set failed_children = (select count(*) from job child where child.parent_job_id = job.id and child.job_state in ('failed','cancelled'))
    where id = ${parentId}
  `.execute(trx)
}
