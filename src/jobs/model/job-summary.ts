import type { JobRecord, JobState } from './job-record.ts'
import type { Starter } from './starter.ts'

/** A job without its log lines, with its times and what it waits for. */
export interface JobSummary extends Omit<JobRecord, 'logs'> {
  startedAt: number | null
  finishedAt: number | null
  cancelRequestedAt: number | null
  /** The number of claims so far. */
  attempt: number
  /** Why an active job is not running on a worker; null when it is, or when the job has ended. */
  waitingReason: string | null
  /** Why it failed. */
  error: { name: string; message: string } | null
  /** Its own child jobs by state. */
  children: Record<JobState, number>
  /** Null for jobs of versions that did not record it. */
  startedBy: Starter | null
}
