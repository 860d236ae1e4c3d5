import { isActive, type JobSummary, type User } from '../../api/records.ts'

type Job = Pick<JobSummary, 'jobState' | 'accountId' | 'cancelRequestedAt'>

/** Why a user may not cancel or retry a job at all; null when that user may. */
export function notAllowed(job: Job, user: Pick<User, 'isAdmin'> | undefined): string | null {
  if (user === undefined) return 'Loading'
  if (user.isAdmin || job.accountId !== null) return null
  return 'Only an administrator may do this: the job works for the whole server'
}

export function canCancel(job: Job, user: Pick<User, 'isAdmin'> | undefined): boolean {
  return notAllowed(job, user) === null && isActive(job.jobState) && job.cancelRequestedAt === null
}

export function canRetry(job: Job, user: Pick<User, 'isAdmin'> | undefined): boolean {
  return notAllowed(job, user) === null && (job.jobState === 'failed' || job.jobState === 'cancelled')
}
