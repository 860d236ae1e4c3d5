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
  {
    name: Type.String(),
    host: Type.String(),
    role: Type.String(),
    version: Type.String(),
    startedAt: Time,
    lastSeenAt: Time,
    memoryBytes: Type.Integer(),
    threads: Type.Integer({ description: 'Worker threads of all its pools' }),
    busyThreads: Type.Integer(),
  },
  { title: 'InstanceProcess', description: 'A process that works on the database of this server and is alive' },
)

const ThreadsSchema = Type.Object(
  { pool: Type.String(), threads: Type.Integer(), busy: Type.Integer(), queued: Type.Integer() },
  { title: 'InstanceThreads' },
)

const details = {
  storage: StorageSchema,
  database: Type.Object({
    version: nullable(Type.String()),
    kind: Type.Unsafe<'embedded' | 'external'>({ type: 'string', enum: ['embedded', 'external'] }),
    bytes: Bytes,
  }),
  processes: Type.Array(ProcessSchema),
  threads: Type.Array(ThreadsSchema, { description: 'Worker threads of the process that answers' }),
  schedule: Type.Array(Type.Object({ jobType: Type.String(), nextRunAt: Time })),
  checks: Type.Array(CheckSchema),
  settings: Type.Array(Type.Object({ name: Type.String(), value: nullable(Type.String()) }), {
    description: 'Settings in force; a secret is "set" or null',
  }),
}

/** What administrators see of the server. */
export const InstanceDetailsSchema = Type.Object(details, { title: 'InstanceDetails' })

/** What `GET /instance` says: to anyone the first three members. */
export const InstanceSchema = Type.Object(
  {
    name: Type.String(),
    version: Type.String(),
    defaultPassword: Type.Boolean({ description: 'Whether the administrator admin still has the password admin' }),
    ...Type.Partial(Type.Object(details)).properties,
  },
  { title: 'Instance', description: 'Members after defaultPassword only for administrators' },
)
