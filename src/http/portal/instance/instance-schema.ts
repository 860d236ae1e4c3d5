import { Type } from '@fastify/type-provider-typebox'
import { CHECK_STATES, type InstanceCheck } from '#http/base/instance-service.ts'
import { nullable, timeWhen } from '#http/base/schemas.ts'

const bytes = (description: string) =>
  nullable(Type.Integer({ description: `${description}, in bytes; null until it has been measured` }))

const StorageSchema = Type.Object(
  {
    measuredAt: nullable(timeWhen('when the figures were measured; null until the first time')),
    charts: bytes('Public charts as downloaded'),
    compiled: bytes('Charts prepared for drawing'),
    tiles: bytes('Tiles that are kept on the disk of the process that answers'),
    uploads: bytes('Uploaded files'),
    database: bytes('The database'),
    freeDisk: bytes('Free on the disk of the data directory'),
  },
  {
    title: 'InstanceStorage',
    description: 'How much space the server’s data takes, measured at most every five minutes',
  },
)

const CheckSchema = Type.Object(
  {
    name: Type.String({ description: 'What was checked: database, disk, storage, clock or source' }),
    state: Type.Unsafe<InstanceCheck['state']>({
      type: 'string',
      enum: [...CHECK_STATES],
      description: 'warning: works, and needs attention soon; failed: does not work now; unknown: not checked yet',
    }),
    message: Type.String({ description: 'A sentence for people' }),
    action: nullable(Type.String({ description: 'What to do; null when there is nothing to do' })),
    checkedAt: nullable(timeWhen('when it was checked, at most every minute; null before the first time')),
  },
  { title: 'InstanceCheck', description: 'A condition of a healthy server' },
)

const ProcessSchema = Type.Object(
  {
    name: Type.String({ description: 'INSTANCE_NAME, or else the name of its machine with the number of the process' }),
    host: Type.String({ description: 'The name of its machine' }),
    role: Type.String({ description: 'all, api (answers requests) or worker (runs jobs)' }),
    version: Type.String({ description: 'The version of the server that it runs' }),
    startedAt: timeWhen('when it started'),
    lastSeenAt: timeWhen('its last sign of life, one every ten seconds'),
    memoryBytes: Type.Integer({ description: 'Memory that it uses, in bytes (resident set)' }),
    threads: Type.Integer({ description: 'Worker threads of all its pools' }),
    busyThreads: Type.Integer({ description: 'Of these, the ones at work' }),
  },
  { title: 'InstanceProcess', description: 'A process that works on the database of this server and is alive' },
)

const ThreadsSchema = Type.Object(
  {
    pool: Type.String({ description: 'What the threads are for, such as tiles' }),
    threads: Type.Integer({ description: 'Threads of the pool' }),
    busy: Type.Integer({ description: 'Of these, the ones at work' }),
    queued: Type.Integer({ description: 'Tasks that wait for a thread' }),
  },
  { title: 'InstanceThreads', description: 'The current state of a pool of worker threads' },
)

const details = {
  storage: StorageSchema,
  database: Type.Object(
    {
      version: nullable(Type.String({ description: 'Of PostgreSQL, as 18.1; null when it says none' })),
      kind: Type.Unsafe<'embedded' | 'external'>({
        type: 'string',
        enum: ['embedded', 'external'],
        description: 'embedded: run by this server in its data directory; external: that of DATABASE_URL',
      }),
      bytes: bytes('Its size'),
    },
    { description: 'The database, which contains everything but files' },
  ),
  processes: Type.Array(ProcessSchema, { description: 'The processes that are alive, oldest first' }),
  threads: Type.Array(ThreadsSchema, { description: 'Worker threads of the process that responds' }),
  schedule: Type.Array(
    Type.Object({
      jobType: Type.String({ description: 'What the job does, such as refresh-public-charts' }),
      nextRunAt: timeWhen('when it starts next'),
    }),
    { description: 'Jobs that start by themselves every week; empty when none does' },
  ),
  checks: Type.Array(CheckSchema, { description: 'Conditions of a healthy server; empty until they were checked first' }),
  settings: Type.Array(
    Type.Object({
      name: Type.String({ description: 'The environment variable that sets it' }),
      value: nullable(Type.String({ description: 'In force; of a secret, the word set. Null when it is not set' })),
    }),
    { description: 'Settings in force; addresses are without passwords and queries' },
  ),
}

/** What administrators see about the server. */
export const InstanceDetailsSchema = Type.Object(details, {
  title: 'InstanceDetails',
  description: 'The condition of the server, for administrators',
})

/** What `GET /instance` says: to anyone the first three members. */
export const InstanceSchema = Type.Object(
  {
    name: Type.String({ description: 'Always Chartroom' }),
    version: Type.String({ description: 'The version of the server' }),
    defaultPassword: Type.Boolean({ description: 'Whether the administrator admin still has the password admin' }),
    ...Type.Partial(Type.Object(details)).properties,
  },
  { title: 'Instance', description: 'Members after defaultPassword only for administrators' },
)
