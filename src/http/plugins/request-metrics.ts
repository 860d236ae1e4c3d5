import type { Metrics } from '#lib/metrics.ts'
import type { App } from '../base/app.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The response lasts as long as its client stays connected, so its duration is not a waiting time. */
    endless?: boolean
  }
  interface FastifyInstance {
    /** Counts and times a request; for answers that Fastify does not send. */
    countRequest(request: CountedRequest): void
  }
}

interface CountedRequest {
  method: string
  /** The pattern of its address. */
  route: string
  status: number
  milliseconds: number
}

const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Counts and times requests by route: a path may hold a token, and there are as many paths as there are tiles. */
export function requestMetrics(app: App, metrics: Metrics): void {
  const seconds = metrics.histogram(
    'chartroom_http_request_seconds',
    'Requests from their first byte to their answered end.',
    BOUNDS,
    ['method', 'route', 'status'],
  )
  app.decorate('countRequest', ({ method, route, status, milliseconds }: CountedRequest) =>
    seconds.observe(milliseconds / 1_000, { method, route, status: String(status) }),
  )
  app.addHook('onResponse', (request, reply, done) => {
    if (request.routeOptions.config.endless === true && reply.statusCode === 200) return done()
    const route = request.routeOptions.url ?? 'none'
    // Clients may invent methods for paths that do not exist.
    const method = route === 'none' ? 'any' : request.method
    app.countRequest({ method, route, status: reply.statusCode, milliseconds: reply.elapsedTime })
    done()
  })
}
