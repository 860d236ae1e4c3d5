import type { JobState } from '../model/job-record.ts'

/** Jobs ahead of one in its queue are counted up to this number in lists. */
export const MOST_COUNTED_AHEAD = 100

/** What decides why a job waits. */
export interface Waiting {
  jobState: JobState
  /** Whether it runs without a worker until its children have ended. */
  waitsForChildren: boolean
  openChildren: number
  children: number
  /** Claims so far. */
  attempt: number
  /** The number of jobs that its queue would deliver first; `many` when they were not counted to the end. */
  ahead: number | 'many'
}

/** Why an active job is not running on a worker, as a phrase; null when it is, or when the job has ended. */
export function waitingReason({ jobState, waitsForChildren, openChildren, children, attempt, ahead }: Waiting): string | null {
  if (jobState === 'running' && waitsForChildren) return `waits for ${openChildren} of ${children} child jobs`
  if (jobState !== 'pending') return null
  if (ahead === 'many') return `more than ${MOST_COUNTED_AHEAD} jobs are ahead of it in its queue`
  if (ahead > 0) return `${ahead} ${ahead === 1 ? 'job is' : 'jobs are'} ahead of it in its queue`
  return attempt > 0 ? 'waits to be tried again' : 'waits for a free worker'
}
