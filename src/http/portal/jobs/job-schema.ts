import { Type } from '@fastify/type-provider-typebox'
import { nullable, Time } from '#http/base/schemas.ts'
import { JOB_STATES, type JobState, LOG_LEVELS, type LogLevel, STEP_STATUSES, type StepStatus } from '#jobs/model/job-record.ts'

export const JOB_TAGS = ['Jobs']

/** Any text: a malformed id is answered like that of a job that does not exist. */
export const JobIdParameter = Type.Object({ id: Type.String() })

const Anything = Type.Object({}, { additionalProperties: true })

/** A log line. */
export const LogSchema = Type.Object(
  {
    timestamp: Type.String({ description: 'ISO 8601, UTC, as 2026-01-15T08:00:10.000+00:00' }),
    type: Type.Unsafe<LogLevel>({ type: 'string', enum: [...LOG_LEVELS] }),
    message: Type.String(),
  },
  { title: 'LogLine' },
)

const StepSchema = Type.Object(
  {
    id: Type.String(),
    jobId: Type.String(),
    stepName: Type.String(),
    status: Type.Unsafe<StepStatus>({ type: 'string', enum: [...STEP_STATUSES] }),
    startedAt: nullable(Time),
    completedAt: nullable(Time),
    result: Type.Unknown({ description: 'The result of the step, or null' }),
    error: Type.Unknown({ description: 'Why the step failed, or null' }),
    attempt: Type.Integer(),
  },
  { title: 'JobStep' },
)

/** A job as List Jobs shows it. */
export const JobSchema = Type.Object(
  {
    id: Type.String(),
    parentJobId: nullable(Type.String()),
    jobType: Type.String(),
    jobState: Type.Unsafe<JobState>({ type: 'string', enum: [...JOB_STATES] }),
    accountId: nullable(Type.Integer({ description: 'Owner; null for work of the whole server' })),
    parameters: Type.Unsafe<Record<string, unknown>>(Anything),
    result: Type.Unsafe<Record<string, unknown> | null>({
      ...Anything,
      type: ['object', 'null'],
      description: 'Null until the job has ended',
    }),
    logs: Type.Array(LogSchema, { description: 'The last 100 lines, oldest first' }),
    percentComplete: Type.Integer({ minimum: 0, maximum: 100 }),
    priority: Type.Integer({ description: 'Higher runs first' }),
    createdAt: Time,
    updatedAt: Time,
    steps: Type.Array(StepSchema),
  },
  { title: 'Job' },
)

/** A job as Get Job shows it. */
export const JobDetailSchema = Type.Object(
  {
    ...JobSchema.properties,
    childJobIds: Type.Array(Type.String(), { description: 'The IDs of the child jobs, oldest first' }),
    error: nullable(Type.Object({ name: Type.String(), message: Type.String() }, { description: 'Why it failed' })),
    startedAt: nullable(Time),
    finishedAt: nullable(Time),
    cancelRequestedAt: nullable(Time),
    attempt: Type.Integer({ description: 'The number of attempts that have started' }),
    waitingReason: nullable(
      Type.String({ description: 'Why an active job is not running now; null if it is running or has ended' }),
    ),
  },
  { title: 'JobDetail' },
)
