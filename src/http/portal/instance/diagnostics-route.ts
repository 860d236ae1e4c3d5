import { Type } from '@fastify/type-provider-typebox'
import type { App } from '#http/base/app.ts'
import type { InstanceService } from '#http/base/instance-service.ts'
import { nullable, problems, Time, timeWhen } from '#http/base/schemas.ts'
import { InstanceDetailsSchema } from './instance-schema.ts'

const Line = Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true })

const FailedJobSchema = Type.Object(
  {
    id: Type.String({ description: 'The id of the job, a UUID' }),
    jobType: Type.String({ description: 'What the job does, such as refresh-public-charts' }),
    createdAt: Time,
    finishedAt: nullable(timeWhen('when it failed')),
    attempt: Type.Integer({ description: 'The number of attempts that have started' }),
    error: nullable(
      Type.Object(
        {
          name: Type.String({ description: 'The kind of failure, for programs' }),
          message: Type.String({ description: 'The reason in words' }),
        },
        { description: 'Why it failed' },
      ),
    ),
    log: Type.Array(
      Type.Object({
        timestamp: Type.String({ description: 'ISO 8601, UTC, as 2026-01-15T08:00:10.000+00:00' }),
        type: Type.String({ description: 'warning or error' }),
        message: Type.String({ description: 'One sentence for people' }),
      }),
      { description: 'Its last warnings and errors, at most 20, oldest first' },
    ),
  },
  { title: 'FailedJob', description: 'A job that failed, for a report of a fault' },
)

const DiagnosticsSchema = Type.Object(
  {
    writtenAt: timeWhen('when this was written'),
    version: Type.String({ description: 'The version of the server' }),
    system: Type.Object(
      {
        node: Type.String({ description: 'The version of Node.js, as v24.1.0' }),
        platform: Type.String({ description: 'The operating system, such as linux' }),
        arch: Type.String({ description: 'The architecture of the processor, such as x64 or arm64' }),
        cores: Type.Integer({ description: 'Processor cores that the server may use' }),
        memoryBytes: Type.Integer({ description: 'Memory that the server may use, in bytes; of a container, its limit' }),
        uptimeSeconds: Type.Integer({ description: 'Seconds since this process started' }),
      },
      { description: 'The machine and the process that respond' },
    ),
    instance: InstanceDetailsSchema,
    jobs: Type.Object(
      {
        byState: Type.Unsafe<Record<string, number>>({
          type: 'object',
          additionalProperties: { type: 'integer' },
          description: 'How many jobs are in each state: pending, running, completed, failed, cancelled',
        }),
        lastFailed: Type.Array(FailedJobSchema, { description: 'The last jobs that failed, at most 20, newest first' }),
      },
      { description: 'The jobs of all accounts' },
    ),
    log: Type.Unsafe<Record<string, unknown>[] | null>({
      type: ['array', 'null'],
      items: Line,
      description: 'The last lines of the log of the process that responds; null when it keeps none',
    }),
  },
  { title: 'Diagnostics', description: 'What helps to find a fault. Without secrets: a secret setting is "set"' },
)

/** One file with everything that helps to find a fault, to be sent to others. */
export function diagnosticsRoute(app: App, { instance }: { instance: InstanceService }): void {
  app.get(
    '/api/portal/v1/instance/diagnostics',
    {
      config: { auth: 'admin', unrestricted: true },
      schema: {
        tags: ['Server'],
        operationId: 'getDiagnostics',
        summary: 'What helps to find a fault, without secrets',
        description:
          'Version, settings, checks, processes, storage, the last failed jobs with their errors, and the last lines of the log.',
        response: { 200: DiagnosticsSchema, ...problems(401, 403) },
      },
    },
    async (_request, reply) => {
      const diagnostics = await instance.diagnostics()
      const day = new Date(diagnostics.writtenAt).toISOString().slice(0, 10)
      reply.headers({
        'cache-control': 'private, no-store',
        'content-disposition': `attachment; filename="chartroom-diagnostics-${day}.json"`,
      })
      return diagnostics
    },
  )
}
