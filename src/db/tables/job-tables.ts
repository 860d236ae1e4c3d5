import type { ColumnType, Generated } from 'kysely'
import type { Json, NullableTime, Time } from './columns.ts'

export interface JobTable {
  id: string
  root_job_id: string
  parent_job_id: string | null
  job_type: string
  /** A `JobState` of src/jobs/model. */
  job_state: Generated<string>
  account_id: number | null
  parameters: ColumnType<Record<string, Json>, string | undefined, string>
  result: ColumnType<Record<string, Json> | null, string | null | undefined, string | null>
  error: ColumnType<Record<string, Json> | null, string | null | undefined, string | null>
  percent_complete: Generated<number>
  priority: Generated<number>
  /** Fencing token: claims so far. */
  attempt: Generated<number>
  /** Number of the delivery of the last claim; a late older delivery is refused. */
  delivery: Generated<number>
  /** Claims that count towards giving up; one put back by a shutdown does not count. */
  tries: Generated<number>
  /** Random value of the run that claimed the job, by which it recognises its claim when the commit was not confirmed. */
  claim_token: string | null
  /** Process of the last claim (`markProcess`). */
  claimed_by: string | null
  /** How often a process that ran the job ended because memory was short. */
  memory_losses: Generated<number>
  cancel_requested_at: NullableTime
  cancel_reason: string | null
  /** Running without a worker, until the last child ends. */
  waiting: Generated<boolean>
  /** Per cent when the waiting began; the children share the rest. */
  waiting_from: Generated<number>
  /** The job's own part of its result, besides the counts of its children. */
  waiting_result: ColumnType<Record<string, Json> | null, string | null | undefined, string | null>
  /** How the children's results make up the job's (jobs/model/job-type.ts, ChildTotals). */
  waiting_totals: ColumnType<Record<string, Json> | null, string | null | undefined, string | null>
  on_child_failure: 'fail' | 'report' | null
  open_children: Generated<number>
  failed_children: Generated<number>
  /** Share of this job in its parent's progress. */
  child_weight: Generated<number>
  dedupe_key: string | null
  /** Who or what started it (jobs/model/starter.ts); null for a child, and in rows of earlier versions. */
  started_by: ColumnType<Record<string, Json> | null, string | null | undefined, string | null>
  created_at: Time
  updated_at: Time
  started_at: NullableTime
  finished_at: NullableTime
}

export interface JobStepTable {
  id: string
  job_id: string
  ordinal: number
  step_name: string
  /** A `StepStatus` of src/jobs/model. */
  status: string
  attempt: Generated<number>
  weight: Generated<number>
  started_at: NullableTime
  completed_at: NullableTime
  result: ColumnType<Json, string | null | undefined, string | null>
  error: ColumnType<Record<string, Json> | null, string | null | undefined, string | null>
  cursor: ColumnType<Json, string | null | undefined, string | null>
}

export interface JobLogTable {
  job_id: string
  seq: number
  at: Date
  level: number
  attempt: number
  message: string
}
