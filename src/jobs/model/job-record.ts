import { type SqlBool, sql } from 'kysely'

// A job as the API shows it, with the documented contract's names and shapes. Every time except a log line's is an integer:
// milliseconds since the Unix epoch.

/** The states of a job, as the API and the database write them. The last three are final. */
export const JOB_STATES = ['pending', 'running', 'completed', 'failed', 'cancelled'] as const
export type JobState = (typeof JOB_STATES)[number]

/** The states of a step, as the API and the database write them. */
export const STEP_STATUSES = ['pending', 'running', 'completed', 'failed', 'skipped', 'cancelled'] as const
export type StepStatus = (typeof STEP_STATUSES)[number]

/** The condition on `job` that it has not ended, worded as the partial index job_active needs it. */
export const isActive = sql<SqlBool>`job_state in ('pending', 'running')`

export interface JobRecord {
  id: string
  parentJobId: string | null
  jobType: string
  jobState: JobState
  accountId: number | null
  parameters: Record<string, unknown>
  /** Null until the job has ended. */
  result: Record<string, unknown> | null
  /** The last 100 lines, oldest first; lines are cut at 1 KB, and there are at most 40 KB of them. */
  logs: JobLogLine[]
  percentComplete: number
  priority: number
  createdAt: number
  updatedAt: number
  steps: JobStepRecord[]
}

export interface JobLogLine {
  /** ISO 8601 in UTC with milliseconds and an offset: 2026-01-15T08:00:10.000+00:00. */
  timestamp: string
  type: LogLevel
  message: string
}

export interface JobStepRecord {
  id: string
  jobId: string
  stepName: string
  status: StepStatus
  startedAt: number | null
  completedAt: number | null
  result: unknown
  error: unknown
  attempt: number
}

/** The levels of a log line; the database stores their index here. */
export const LOG_LEVELS = ['info', 'warning', 'error'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Which jobs a caller may see: an administrator sees all, others those of their account and those of the whole server. */
export type Visibility = { all: true } | { all: false; accountId: number }
