import { Type } from '@fastify/type-provider-typebox'
import type { App } from '../base/app.ts'

/** A condition of readiness. */
export interface HealthCheck {
  /** Its key in the answer, for example `database`. */
  name: string
  /** Resolves when the condition holds. A rejection is logged; the response never contains its reason. */
  check(): Promise<void>
}

const State = Type.Object({ status: Type.Literal('ok', { description: 'In any other condition there is no response at all' }) })
const Readiness = Type.Object({
  status: Type.Union([Type.Literal('ok'), Type.Literal('unavailable')], {
    description: 'unavailable, with status 503, when at least one check failed',
  }),
  checks: Type.Record(Type.String(), Type.Union([Type.Literal('ok'), Type.Literal('failed')]), {
    description: 'The outcome of each check by its name, such as database; the log of the server has the reason of a failure',
  }),
})

/** `GET /health/live`: the process answers. `GET /health/ready`: everything it needs answers too, else 503. */
export function health(app: App, { checks, timeout }: { checks: readonly HealthCheck[]; timeout: number }): void {
  app.get(
    '/health/live',
    {
      config: { auth: 'none' },
      schema: {
        tags: ['Server'],
        operationId: 'getLiveness',
        summary: 'Whether the process answers',
        description:
          'Asks neither database nor storage, so it says only that the process need not be restarted. Costs nothing. Needs no token.',
        response: { 200: State },
      },
    },
    async () => ({ status: 'ok' as const }),
  )

  app.get(
    '/health/ready',
    {
      config: { auth: 'none' },
      schema: {
        tags: ['Server'],
        operationId: 'getReadiness',
        summary: 'Whether the server can work',
        description:
          'Tries what the server needs, such as its database, and waits a few seconds at most. 503 with Retry-After while something fails: a load balancer then sends requests elsewhere. Needs no token.',
        response: { 200: Readiness, 503: Readiness },
      },
    },
    async (request, reply) => {
      const outcomes = await Promise.all(
        checks.map(async ({ name, check }) => {
          try {
            await within(check(), timeout)
            return [name, 'ok'] as const
          } catch (error) {
            request.log.warn({ err: error, check: name }, 'readiness check failed')
            return [name, 'failed'] as const
          }
        }),
      )
      const well = outcomes.every(([, outcome]) => outcome === 'ok')
      if (!well) reply.header('retry-after', '5')
      return await reply
        .code(well ? 200 : 503)
        .send({ status: well ? ('ok' as const) : ('unavailable' as const), checks: Object.fromEntries(outcomes) })
    },
  )
}

async function within(work: Promise<void>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
