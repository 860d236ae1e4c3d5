import { Type } from '@fastify/type-provider-typebox'
import { nullable, Time } from '../schemas.ts'

const Anything = Type.Object({}, { additionalProperties: true })

const LogSchema = Type.Object({
  timestamp: Type.String({ description: 'ISO 8601, UTC, as 2026-01-15T08:00:10.000+00:00' }),
  type: Type.Unsafe<'info' | 'warning' | 'error'>({ type: 'string', enum: ['info', 'warning', 'error'] }),
  message: Type.String(),
})

const STEP_STATUSES = ['pending', 'running', 'completed', 'failed', 'skipped', 'cancelled'] as const
const JOB_STATES = ['pending', 'running', 'completed', 'failed', 'cancelled'] as const

const StepSchema = Type.Object({
  id: Type.String(),
  jobId: Type.String(),
  stepName: Type.String(),
  status: Type.Unsafe<(typeof STEP_STATUSES)[number]>({ type: 'string', enum: [...STEP_STATUSES] }),
  startedAt: nullable(Time),
  completedAt: nullable(Time),
  result: Type.Unknown({ description: 'Whatever the step found, or null' }),
  error: Type.Unknown({ description: 'Why the step failed, or null' }),
  attempt: Type.Integer(),
})

/** A job as List Jobs shows it. */
export const JobSchema = Type.Object({
  id: Type.String(),
  parentJobId: nullable(Type.String()),
  jobType: Type.String(),
  jobState: Type.Unsafe<(typeof JOB_STATES)[number]>({ type: 'string', enum: [...JOB_STATES] }),
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
})
