import { isUniqueViolation } from '#db/connection-error.ts'
import type { Db } from '#db/database.ts'
import { AppError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import type { Boss } from './boss.ts'
import type { JobType } from './job-type.ts'

export interface NewJob {
  accountId: number | null
  parameters: Record<string, unknown>
  priority: number
}

/**
 * Records a job, its known steps and its queue entry in one transaction: either all of them exist or nothing does.
 *
 * @returns the new job's id.
 * @throws AppError JOB_TYPE_ACTIVE (409) when the type is exclusive and one is pending or running.
 */
export async function enqueueJob(db: Db, boss: Boss, type: JobType, job: NewJob): Promise<string> {
  const id = newId()
  try {
    await db.transaction().execute(async (trx) => {
      await trx
        .insertInto('job')
        .values({
          id,
          root_job_id: id,
          parent_job_id: null,
          job_type: type.name,
          account_id: job.accountId,
          parameters: JSON.stringify(job.parameters),
          priority: job.priority,
          dedupe_key: type.exclusive ? type.name : null,
          cancel_reason: null,
        })
        .execute()
      if (type.steps.length > 0) {
        await trx
          .insertInto('job_step')
          .values(
            type.steps.map((step, index) => ({
              id: newId(),
              job_id: id,
              ordinal: index + 1,
              step_name: step.name,
              status: 'pending' as const,
              weight: step.weight,
            })),
          )
          .execute()
      }
      await boss.send(trx, type.queue, id, job.priority)
    })
  } catch (error) {
    if (isUniqueViolation(error, 'job_dedupe')) {
      throw new AppError(
        'JOB_TYPE_ACTIVE',
        409,
        `A job of type ${type.name} is already pending or running; wait until it has ended.`,
        {
          cause: error,
        },
      )
    }
    throw error
  }
  return id
}
