import type { Schemas } from './schema.ts'

// Records of the Portal API by the names that the pages use. Their members come from docs/openapi.json.

export const JOB_STATES = ['pending', 'running', 'completed', 'failed', 'cancelled'] as const satisfies readonly JobState[]
export type JobState = Schemas['JobSummary']['jobState']

export type JobStep = Schemas['JobStep']
export type StepStatus = JobStep['status']

/** Who or what started a job: a user, a user's upload, the schedule, the server or a parent job. */
export type JobStarter = Schemas['JobStarter']
/** A job as `view=summary` shows it. */
export type JobSummary = Schemas['JobSummary']
export type JobCounts = Schemas['JobCounts']

export interface JobPage {
  jobs: JobSummary[]
  pagination: { limit: number; offset: number; total: number; nextCursor?: string | null }
}

export type LogLine = Schemas['NumberedLogLine']
export type LogLevel = LogLine['type']

/** A part of a log. `nextAfter` asks for the lines that follow. */
export interface LogPage {
  logs: LogLine[]
  nextAfter: number
}

export type Account = Schemas['Account']
export type User = Schemas['User']
export type Upload = Schemas['Upload'] | Schemas['UploadSummary']

/** What anyone may know about the server, and what only administrators see. */
export type Instance = Schemas['Instance']
export type InstanceCheck = Schemas['InstanceCheck']

/** The acceptance of the terms of NOAA's charts. */
export type Agreement = Schemas['Agreement']

/** A session of the signed-in user. */
export type UserSession = Schemas['Session']

/** Whether a job has neither ended nor been cancelled. */
export function isActive(state: JobState): boolean {
  return state === 'pending' || state === 'running'
}
