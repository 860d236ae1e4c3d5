import type { JobStateColumn, StepStatusColumn } from '#db/schema.ts'

// A job as the API shows it. Names and shapes are the documented contract's; every time but a log line's is an integer of
// milliseconds since the Unix epoch.

/** The states of a job, as the API and the database write them. The last three are final. */
export const JOB_STATES = ['pending', 'running', 'completed', 'failed', 'cancelled'] as const
export type JobState = (typeof JOB_STATES)[number]

/** The states of a step, as the API and the database write them. */
export const STEP_STATUSES = ['pending', 'running', 'completed', 'failed', 'skipped', 'cancelled'] as const
export type StepStatus = (typeof STEP_STATUSES)[number]

export interface JobRecord {
  id: string
  parentJobId: string | null
  jobType: string
  jobState: JobStateColumn
  accountId: number | null
  parameters: Record<string, unknown>
  /** Null until the job is in a terminal state. */
  result: Record<string, unknown> | null
  /** The last 100 lines, oldest first. */
  logs: JobLogLine[]
  percentComplete: number
  priority: number
  createdAt: number
  updatedAt: number
  steps: JobStepRecord[]
}

export interface JobLogLine {
  /** ISO 8601 in UTC with milliseconds and a written offset: 2026-01-15T08:00:10.000+00:00. */
  timestamp: string
  type: LogLevel
  message: string
}

export interface JobStepRecord {
  id: string
  jobId: string
  stepName: string
  status: StepStatusColumn
  startedAt: number | null
  completedAt: number | null
  result: unknown
  error: unknown
  attempt: number
}

/** In the order of their numbers in the database. */
export const LOG_LEVELS = ['info', 'warning', 'error'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Which jobs a caller may see: an administrator all of them, anyone else their account's and the instance-wide ones. */
export type Visibility = { all: true } | { all: false; accountId: number }
