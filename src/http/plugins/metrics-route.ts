import { Type } from '@fastify/type-provider-typebox'
import type { Metrics } from '#lib/metrics.ts'
import type { App } from '../base/app.ts'

/** `GET /metrics`: the numbers of this process, and of the jobs of the instance, for Prometheus. */
export function metricsRoute(app: App, metrics: Metrics): void {
  app.get(
    '/metrics',
    {
      config: { auth: 'none' },
      schema: {
        tags: ['Server'],
        operationId: 'getMetrics',
        summary: 'Numbers for Prometheus',
        description:
          'Of this process, and of the jobs of the whole instance. Never cached. Needs no token: where the server is public, let the proxy refuse it.',
        response: {
          200: {
            description: 'The Prometheus text format 0.0.4; docs/operations.md lists the metrics',
            content: { 'text/plain': { schema: Type.String() } },
          },
        },
      },
    },
    async (_request, reply) => {
      reply.header('cache-control', 'no-store')
      return await reply.type(metrics.contentType).send(await metrics.text())
    },
  )
}
