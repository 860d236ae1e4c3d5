import { sql } from 'kysely'
import { isUniqueViolation } from '#db/connection-error.ts'
import type { Db } from '#db/database.ts'
import { toJsonb } from '#db/to-jsonb.ts'
import { chunks } from '#lib/chunks.ts'
import { AppError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import { announceChanged } from '../model/announce.ts'
import type { Faults } from '../model/faults.ts'
import { isActive } from '../model/job-record.ts'
import { type JobType, QUEUES } from '../model/job-type.ts'
import type { Starter } from '../model/starter.ts'
import type { DeliveryQueue } from './delivery-queue.ts'

/** A job to insert, as a root or as a child. */
export interface JobToInsert {
  type: JobType
  /** Null for a root, whose root is itself. */
  rootJobId: string | null
  parentJobId: string | null
  accountId: number | null
  parameters: Record<string, unknown>
  priority: number
  /** Share of the parent's progress. */
  weight: number
  /** Null for a child. */
  startedBy: Starter | null
}

/** A root job to create. */
export interface NewJob {
  accountId: number | null
  parameters: Record<string, unknown>
  priority: number
  startedBy: Starter | null
}

/**
 * Records a job, its known steps and its queue entry in one transaction.
 *
 * @param also writes related rows in the same transaction; if it throws, no job is created.
 * @returns the new job's id.
 * @throws AppError JOB_TYPE_ACTIVE (409) when the type is exclusive and one is pending or running.
 */
export async function enqueueJob(
  db: Db,
  deliveryQueue: DeliveryQueue,
  type: JobType,
  job: NewJob,
  faults?: Faults,
  also?: (trx: Db, jobId: string) => Promise<void>,
): Promise<string> {
  try {
    const jobId = await db.transaction().execute(async (trx) => {
      const [id] = await insertJobs(trx, deliveryQueue, [{ type, rootJobId: null, parentJobId: null, weight: 1, ...job }])
      await also?.(trx, id as string)
      await faults?.hit('in-enqueue')
      return id as string
    })
    await faults?.hit('after-enqueue')
    return jobId
  } catch (error) {
    throw (await jobTypeActive(db, error)) ?? error
  }
}

/**
 * The error for a second active job of an exclusive type, with the id of the active one unless it has ended by now; null for any other
 * cause.
 *
 * @param db outside the transaction that failed.
 */
export async function jobTypeActive(db: Db, cause: unknown): Promise<AppError | null> {
  if (!isUniqueViolation(cause, 'job_dedupe')) return null
  // Not always the type of the job itself, because retrying a child reopens its parent.
  const type = /^Key \(.{0,200}?\)=\(([^)]*)\)/.exec((cause as { detail?: string }).detail ?? '')?.[1] ?? 'this type'
  const message = `A job of type ${type} is already pending or running; wait until it has ended.`
  // Uses job_dedupe.
  const active = await sql<{ id: string }>`select id from job where dedupe_key = ${type} and ${isActive}`.execute(db)
  const jobId = active.rows[0]?.id
  return new AppError('JOB_TYPE_ACTIVE', message, { cause, members: jobId === undefined ? {} : { jobId } })
}

/** Inserts jobs with their steps and queue entries in the caller's transaction; returns their ids in order. */
export async function insertJobs(trx: Db, deliveryQueue: DeliveryQueue, jobs: readonly JobToInsert[]): Promise<string[]> {
  const rows = jobs.map((job) => ({ id: newId(), ...job }))
  for (const chunk of chunks(rows, 1_000)) {
    await trx
      .insertInto('job')
      .values(
        chunk.map((job) => ({
          id: job.id,
          root_job_id: job.rootJobId ?? job.id,
          parent_job_id: job.parentJobId,
          job_type: job.type.name,
          account_id: job.accountId,
          parameters: toJsonb(job.parameters),
          priority: job.priority,
          child_weight: job.weight,
          dedupe_key: job.type.exclusive ? job.type.name : null,
          started_by: job.startedBy === null ? null : toJsonb({ ...job.startedBy }),
          cancel_reason: null,
          on_child_failure: null,
        })),
      )
      .execute()
    const steps = chunk.flatMap((job) =>
      job.type.steps.map((step, index) => ({
        id: newId(),
        job_id: job.id,
        ordinal: index + 1,
        step_name: step.name,
        status: 'pending' as const,
        weight: step.weight,
      })),
    )
    // A statement takes at most 65,535 parameters, and a step has six.
    for (const part of chunks(steps, 5_000)) await trx.insertInto('job_step').values(part).execute()
    await announceChanged(
      trx,
      chunk.map((job) => job.id),
    )
  }
  for (const queue of QUEUES) {
    const entries = rows.filter((job) => job.type.queue === queue).map((job) => ({ jobId: job.id, priority: job.priority }))
    if (entries.length === 1 && entries[0]) await deliveryQueue.send(trx, queue, entries[0].jobId, entries[0].priority)
    else await deliveryQueue.sendMany(trx, queue, entries)
  }
  return rows.map((row) => row.id)
}
