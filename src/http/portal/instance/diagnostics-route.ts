import { Type } from '@fastify/type-provider-typebox'
import type { App } from '#http/base/app.ts'
import type { InstanceService } from '#http/base/instance-service.ts'
import { nullable, problems, Time } from '#http/base/schemas.ts'
import { InstanceDetailsSchema } from './instance-schema.ts'

const Line = Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true })

const FailedJobSchema = Type.Object(
  {
    id: Type.String(),
    jobType: Type.String(),
    createdAt: Time,
    finishedAt: nullable(Time),
    attempt: Type.Integer(),
    error: nullable(Type.Object({ name: Type.String(), message: Type.String() })),
    log: Type.Array(Type.Object({ timestamp: Type.String(), type: Type.String(), message: Type.String() }), {
      description: 'Its last warnings and errors',
    }),
  },
  { title: 'FailedJob' },
)

const DiagnosticsSchema = Type.Object(
  {
    writtenAt: Time,
    version: Type.String(),
    system: Type.Object({
      node: Type.String(),
      platform: Type.String(),
      arch: Type.String(),
      cores: Type.Integer(),
      memoryBytes: Type.Integer(),
      uptimeSeconds: Type.Integer(),
    }),
    instance: InstanceDetailsSchema,
    jobs: Type.Object({
      byState: Type.Unsafe<Record<string, number>>({ type: 'object', additionalProperties: { type: 'integer' } }),
      lastFailed: Type.Array(FailedJobSchema),
    }),
    log: Type.Unsafe<Record<string, unknown>[] | null>({
      type: ['array', 'null'],
      items: Line,
      description: 'The last lines of the log of the process that answers; null when it keeps none',
    }),
  },
  { title: 'Diagnostics', description: 'What helps to find a fault. Without secrets: a secret setting is "set"' },
)

/** One file with what helps to find a fault, to be sent to others. */
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
