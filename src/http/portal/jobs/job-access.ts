import type { Principal } from '#accounts/users/user-record.ts'
import type { JobsService } from '#http/base/jobs-service.ts'
import type { Visibility } from '#jobs/model/job-record.ts'
import type { JobDetail } from '#jobs/read/get-job.ts'
import { AppError } from '#lib/errors.ts'
import { UUID_PATTERN } from '#lib/ids.ts'

/** An administrator sees every job, anyone else those of the account and of the whole server. */
export function visibilityOf({ user }: Principal): Visibility {
  return user.isAdmin ? { all: true } : { all: false, accountId: user.account.id }
}

/** The id in a path, as the database takes it. @throws AppError JOB_NOT_FOUND (404) for anything that cannot be the id of a job. */
export function jobIdOf({ id }: { id: string }): string {
  if (!UUID_PATTERN.test(id)) throw jobNotFound(id)
  return id.toLowerCase()
}

/** The same error whether the job is missing or the caller may not see it: guessing ids reveals nothing. */
export function jobNotFound(id: string): AppError {
  return new AppError('JOB_NOT_FOUND', `There is no job ${id}.`)
}

/** A job that the caller may see. @throws AppError JOB_NOT_FOUND (404). */
export async function seenJob(jobs: JobsService, principal: Principal, id: string): Promise<JobDetail> {
  const job = await jobs.get(visibilityOf(principal), id)
  if (job === null) throw jobNotFound(id)
  return job
}

/**
 * Admits callers who may cancel and retry a job: administrators any job, others the jobs of their account, except those that only an
 * administrator can start.
 * @throws AppError JOB_NOT_FOUND (404); ADMIN_REQUIRED (403) for a job of the whole server and for one of an administrator.
 */
export async function requireSteerable(jobs: JobsService, principal: Principal, id: string): Promise<void> {
  const job = await seenJob(jobs, principal, id)
  if (principal.user.isAdmin) return
  if (jobs.isAdministrative(job.jobType)) {
    throw new AppError('ADMIN_REQUIRED', `An administrator started job ${id}: only an administrator may cancel or retry it.`)
  }
  if (job.accountId !== null) return
  throw new AppError('ADMIN_REQUIRED', `Job ${id} works for the whole server: only an administrator may cancel or retry it.`)
}
