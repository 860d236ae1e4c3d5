import { Type } from '@fastify/type-provider-typebox'
import { nullable, Time, timeWhen } from '#http/base/schemas.ts'
import { JOB_STATES, type JobState, LOG_LEVELS, type LogLevel, STEP_STATUSES, type StepStatus } from '#jobs/model/job-record.ts'
import { STARTER_KINDS, type StarterKind } from '#jobs/model/starter.ts'

export const JOB_TAGS = ['Jobs']

/** Any text: a malformed id is answered like that of a job that does not exist. */
export const JobIdParameter = Type.Object({ id: Type.String({ description: 'The id of the job, a UUID' }) })

const Anything = Type.Object({}, { additionalProperties: true })

/** A log line. */
export const LogSchema = Type.Object(
  {
    timestamp: Type.String({ description: 'ISO 8601, UTC, as 2026-01-15T08:00:10.000+00:00' }),
    type: Type.Unsafe<LogLevel>({ type: 'string', enum: [...LOG_LEVELS], description: 'The level of the line' }),
    message: Type.String({ description: 'One sentence for people; its words may change between versions' }),
  },
  { title: 'LogLine', description: 'A line of the log of a job' },
)

const StepSchema = Type.Object(
  {
    id: Type.String({ description: 'A UUID' }),
    jobId: Type.String({ description: 'The job that the step belongs to' }),
    stepName: Type.String({ description: 'Stable name, such as step_index_noaa' }),
    status: Type.Unsafe<StepStatus>({
      type: 'string',
      enum: [...STEP_STATUSES],
      description: 'skipped: the job ended without it; cancelled: its job was cancelled before it ended',
    }),
    startedAt: nullable(timeWhen('when it began last; null before')),
    completedAt: nullable(timeWhen('when it ended; null before')),
    result: Type.Unknown({ description: 'The result of the step, or null' }),
    error: Type.Unknown({ description: 'Why the step failed, or null' }),
    attempt: Type.Integer({ description: 'How often the step has begun' }),
  },
  { title: 'JobStep', description: 'A part of the work of a job; a retried job does not repeat what is completed' },
)

/** A job as List Jobs shows it. */
export const JobSchema = Type.Object(
  {
    id: Type.String({ description: 'A UUID; it stays the same when the job is retried' }),
    parentJobId: nullable(Type.String({ description: 'The job that started this one as its child; null for a job of its own' })),
    jobType: Type.String({ description: 'What the job does, such as refresh-public-charts' }),
    jobState: Type.Unsafe<JobState>({
      type: 'string',
      enum: [...JOB_STATES],
      description: 'pending until a worker claims it; running also while it waits for its child jobs',
    }),
    accountId: nullable(Type.Integer({ description: 'Owner; null for work of the whole server' })),
    parameters: Type.Unsafe<Record<string, unknown>>({ ...Anything, description: 'What the job was started with' }),
    result: Type.Unsafe<Record<string, unknown> | null>({
      ...Anything,
      type: ['object', 'null'],
      description: 'Null until the job has ended',
    }),
    logs: Type.Array(LogSchema, { description: 'The last 100 lines, oldest first' }),
    percentComplete: Type.Integer({ minimum: 0, maximum: 100, description: '100 only once it has completed' }),
    priority: Type.Integer({ description: 'Higher runs first' }),
    createdAt: Time,
    updatedAt: Time,
    steps: Type.Array(StepSchema, { description: 'In the order in which they run' }),
  },
  { title: 'Job', description: 'A piece of background work' },
)

const Failure = nullable(
  Type.Object(
    {
      name: Type.String({ description: 'The kind of failure, for programs' }),
      message: Type.String({ description: 'The reason in words' }),
    },
    { description: 'Why it failed; null unless it failed' },
  ),
)
const WaitingReason = nullable(
  Type.String({ description: 'Why an active job is not running now; null if it is running or has ended' }),
)
const times = {
  startedAt: nullable(timeWhen('when its first attempt began; null before')),
  finishedAt: nullable(timeWhen('when it ended; null before')),
  cancelRequestedAt: nullable(timeWhen('when it was asked to stop; null unless it was')),
}
const Attempt = Type.Integer({ description: 'The number of attempts that have started' })

const Count = Type.Integer({ minimum: 0, description: 'Number of jobs' })
const StateCounts = Type.Object(
  { pending: Count, running: Count, completed: Count, failed: Count, cancelled: Count } satisfies Record<JobState, unknown>,
  { title: 'JobStateCounts', description: 'How many jobs are in each state' },
)

const StarterSchema = Type.Object(
  {
    kind: Type.Unsafe<StarterKind>({
      type: 'string',
      enum: [...STARTER_KINDS],
      description:
        'user: a request of a user; upload: an upload of a user; schedule: the weekly refresh; server: the server itself; job: the parent job',
    }),
    userId: nullable(Type.Integer({ description: 'Of a user or an upload; else null' })),
    username: nullable(Type.String({ description: 'As it was at that time; null where userId is' })),
  },
  { title: 'JobStarter', description: 'What started a job' },
)

const { logs: _logs, ...listed } = JobSchema.properties

/** A job with `view=summary`. */
export const JobSummarySchema = Type.Object(
  {
    ...listed,
    ...times,
    attempt: Attempt,
    waitingReason: WaitingReason,
    error: Failure,
    children: StateCounts,
    startedBy: nullable(StarterSchema),
  },
  { title: 'JobSummary', description: 'children: its own child jobs by state. startedBy: null for jobs of older versions' },
)

/** How many jobs there are. */
export const JobCountsSchema = Type.Object(
  {
    byState: StateCounts,
    byType: Type.Record(Type.String(), Count, { description: 'Types without a job are left out' }),
    total: Type.Integer({ minimum: 0, description: 'Number of all these jobs' }),
  },
  { title: 'JobCounts', description: 'How many jobs there are, by state and by type' },
)

/** The parameter that asks for summaries. */
export const ViewParameter = Type.Optional(
  Type.Unsafe<'summary'>({
    type: 'string',
    enum: ['summary'],
    description: 'summary: without logs, with times, error, waiting reason, counts of children and who started it',
  }),
)

/** A job as Get Job shows it. */
export const JobDetailSchema = Type.Object(
  {
    ...JobSchema.properties,
    childJobIds: Type.Array(Type.String(), { description: 'The IDs of the child jobs, oldest first' }),
    error: Failure,
    ...times,
    attempt: Attempt,
    waitingReason: WaitingReason,
  },
  { title: 'JobDetail', description: 'A job with its children, its error and its times' },
)
