import { Type } from '@fastify/type-provider-typebox'
import { CHECK_STATES, type InstanceCheck } from '#http/base/instance-service.ts'
import { nullable, Time } from '#http/base/schemas.ts'

const Bytes = nullable(Type.Integer({ description: 'Bytes' }))

const StorageSchema = Type.Object(
  {
    measuredAt: nullable(Time),
    charts: Bytes,
    compiled: Bytes,
    tiles: Bytes,
    uploads: Bytes,
    database: Bytes,
    freeDisk: Bytes,
  },
  {
    title: 'InstanceStorage',
    description:
      'Measured at measuredAt, at most every five minutes: public charts as downloaded, charts prepared for drawing, cached tiles, uploads, database, free space of the data directory',
  },
)

const CheckSchema = Type.Object(
  {
    name: Type.String(),
    state: Type.Unsafe<InstanceCheck['state']>({ type: 'string', enum: [...CHECK_STATES] }),
    message: Type.String({ description: 'A sentence for people' }),
    action: nullable(Type.String({ description: 'What to do; null when there is nothing to do' })),
    checkedAt: nullable(Time),
  },
  { title: 'InstanceCheck' },
)

const ProcessSchema = Type.Object(
  { name: Type.String(), role: Type.String(), startedAt: Time, memoryBytes: Type.Integer() },
  { title: 'InstanceProcess' },
)

const ThreadsSchema = Type.Object(
  { pool: Type.String(), threads: Type.Integer(), busy: Type.Integer(), queued: Type.Integer() },
  { title: 'InstanceThreads' },
)

/** What `GET /instance` says: to anyone the first three members. */
export const InstanceSchema = Type.Object(
  {
    name: Type.String(),
    version: Type.String(),
    defaultPassword: Type.Boolean({ description: 'Whether the administrator admin still has the password admin' }),
    storage: Type.Optional(StorageSchema),
    database: Type.Optional(
      Type.Object({
        version: nullable(Type.String()),
        kind: Type.Unsafe<'embedded' | 'external'>({ type: 'string', enum: ['embedded', 'external'] }),
        bytes: Bytes,
      }),
    ),
    processes: Type.Optional(Type.Array(ProcessSchema)),
    threads: Type.Optional(Type.Array(ThreadsSchema, { description: 'Worker threads of the process that answers' })),
    schedule: Type.Optional(Type.Array(Type.Object({ jobType: Type.String(), nextRunAt: Time }))),
    checks: Type.Optional(Type.Array(CheckSchema)),
    settings: Type.Optional(
      Type.Array(Type.Object({ name: Type.String(), value: nullable(Type.String()) }), {
        description: 'Settings in force; a secret is "set" or null',
      }),
    ),
  },
  { title: 'Instance', description: 'Members after defaultPassword only for administrators' },
)
