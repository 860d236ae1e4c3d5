import { sql } from 'kysely'
import type { JobRecord, JobState, JobStepRecord } from '../model/job-record.ts'

/** What every view of a job reads from its row and its steps. */
export interface RecordRow {
  id: string
  parent_job_id: string | null
  job_type: string
  job_state: JobState
  account_id: number | null
  parameters: Record<string, unknown>
  result: Record<string, unknown> | null
  percent_complete: number
  priority: number
  created_at: Date
  updated_at: Date
  steps: JobStepRecord[] | null
}

/** The columns of `RecordRow`, from the relations `job` and `steps` (`jobSteps`). */
export const recordColumns = sql`job.id, job.parent_job_id, job.job_type, job.job_state, job.account_id, job.parameters, job.result,
  job.percent_complete, job.priority, job.created_at, job.updated_at, steps.list as steps`

/** The steps of the row `job` as one JSON value, for `cross join lateral`. Uses the unique index on (job_id, step_name). */
export const jobSteps = sql`(
  select json_agg(json_build_object('id', id, 'jobId', job_id, 'stepName', step_name, 'status', status,
    'startedAt', (extract(epoch from started_at) * 1000)::bigint, 'completedAt', (extract(epoch from completed_at) * 1000)::bigint,
    'result', result, 'error', error, 'attempt', attempt) order by ordinal) as list
  from job_step where job_step.job_id = job.id
) steps`

/** A record without its log. */
export function toRecord(row: RecordRow): Omit<JobRecord, 'logs'> {
  return {
    id: row.id,
    parentJobId: row.parent_job_id,
    jobType: row.job_type,
    jobState: row.job_state,
    accountId: row.account_id,
    parameters: row.parameters,
    result: row.result,
    percentComplete: row.percent_complete,
    priority: row.priority,
    createdAt: row.created_at.getTime(),
    updatedAt: row.updated_at.getTime(),
    steps: row.steps ?? [],
  }
}
