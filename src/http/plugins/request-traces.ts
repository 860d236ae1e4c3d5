import type { FastifyReply, FastifyRequest } from 'fastify'
import { failSpan, isTracing, type ServerSpan, serverSpan } from '#lib/trace.ts'
import type { App } from '../base/app.ts'

/**
 * One span per request, named by the HTTP conventions of OpenTelemetry; continues the trace of the client (`traceparent`).
 * Everything that handles the request runs inside the span. Does nothing unless the SDK was registered before (src/telemetry).
 */
export function requestTraces(app: App): void {
  if (!isTracing()) return
  const spans = new WeakMap<FastifyRequest, ServerSpan>()

  app.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions.url
    const begun = serverSpan(route === undefined ? request.method : `${request.method} ${route}`, request.headers, {
      'http.request.method': request.method,
      ...(route === undefined ? {} : { 'http.route': route }),
      'chartroom.request.id': request.id,
    })
    spans.set(request, begun)
    begun.run(done)
  })

  app.addHook('onError', async (request, reply, error) => {
    const begun = spans.get(request)
    if (begun !== undefined && statusOf(error, reply) >= 500) failSpan(begun.span, error)
  })

  app.addHook('onResponse', (request, reply, done) => {
    end(request, reply.statusCode)
    done()
  })
  // The client has gone: no answer is sent, so `onResponse` may not come.
  app.addHook('onRequestAbort', async (request) => end(request, 499))

  function end(request: FastifyRequest, status: number): void {
    const begun = spans.get(request)
    if (begun === undefined) return
    spans.delete(request)
    begun.span.setAttribute('http.response.status_code', status)
    begun.span.end()
  }
}

function statusOf(error: Error, reply: FastifyReply): number {
  const given = (error as { statusCode?: unknown; status?: unknown }).statusCode ?? (error as { status?: unknown }).status
  return typeof given === 'number' ? given : Math.max(500, reply.statusCode)
}
