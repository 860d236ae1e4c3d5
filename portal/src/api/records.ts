// Records of the Portal API as the portal uses them. Times are milliseconds since the Unix epoch.

export const JOB_STATES = ['pending', 'running', 'completed', 'failed', 'cancelled'] as const
export type JobState = (typeof JOB_STATES)[number]

export type StepStatus = 'pending' | 'running' | 'completed' | 'failed' | 'skipped' | 'cancelled'

export type LogLevel = 'info' | 'warning' | 'error'

export interface JobStep {
  id: string
  stepName: string
  status: StepStatus
  startedAt: number | null
  completedAt: number | null
  result?: unknown
  error?: unknown
  attempt: number
}

/** Who or what started a job: a user, a user's upload, the schedule, the server or a parent job. */
export interface JobStarter {
  kind: string
  userId: number | null
  username: string | null
}

/** A job as `view=summary` shows it. */
export interface JobSummary {
  id: string
  parentJobId: string | null
  jobType: string
  jobState: JobState
  accountId: number | null
  parameters: Record<string, unknown>
  result: Record<string, unknown> | null
  percentComplete: number
  priority: number
  createdAt: number
  updatedAt: number
  steps: JobStep[]
  startedAt: number | null
  finishedAt: number | null
  cancelRequestedAt: number | null
  attempt: number
  waitingReason: string | null
  error: { name: string; message: string } | null
  children: Record<JobState, number>
  startedBy: JobStarter | null
}

export interface JobPage {
  jobs: JobSummary[]
  pagination: { limit: number; offset: number; total: number; nextCursor?: string | null }
}

export interface LogLine {
  seq: number
  attempt: number
  /** ISO 8601, UTC. */
  timestamp: string
  type: LogLevel
  message: string
}

/** A part of a log. `nextAfter` asks for the lines that follow. */
export interface LogPage {
  logs: LogLine[]
  nextAfter: number
}

export interface User {
  userId: number
  username: string
  isAdmin: boolean
  isAccountOwner: boolean
  account: { id: number; name: string }
}

export interface JobCounts {
  byState: Partial<Record<JobState, number>>
  byType: Record<string, number>
  total: number
}

export interface Upload {
  id: number
  filename: string
}

export interface InstanceCheck {
  name: string
  state: 'ok' | 'warning' | 'failed' | 'unknown'
  /** A sentence for people. */
  message: string
  action: string | null
  checkedAt: number | null
}

/** What anyone may know of the server, and what administrators see besides. */
export interface Instance {
  name: string
  version: string
  /** Whether the first administrator still has the default password. */
  defaultPassword: boolean
  storage?: Record<'charts' | 'compiled' | 'tiles' | 'uploads' | 'database' | 'freeDisk' | 'measuredAt', number | null>
  database?: { version: string | null; kind: 'embedded' | 'external'; bytes: number | null }
  processes?: { name: string; role: string; startedAt: number; memoryBytes: number }[]
  threads?: { pool: string; threads: number; busy: number; queued: number }[]
  schedule?: { jobType: string; nextRunAt: number }[]
  checks?: InstanceCheck[]
  /** Settings in force, by the variable that sets them; a secret is `set` or null. */
  settings?: { name: string; value: string | null }[]
}

export interface Agreement {
  acceptedAt: number | null
  acceptedBy: string | null
}

/** A session of the signed-in user. */
export interface UserSession {
  id: string
  createdAt: number
  lastUsedAt: number | null
  current: boolean
}

/** Whether a job has neither ended nor been cancelled. */
export function isActive(state: JobState): boolean {
  return state === 'pending' || state === 'running'
}
