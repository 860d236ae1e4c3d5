import type { IncomingMessage, ServerResponse } from 'node:http'
import { AppError } from '#lib/errors.ts'
import type { App } from '../base/app.ts'

/**
 * Answers `Expect: 100-continue` (RFC 9110, 10.1.1) only when the body is wanted: after the token and the announced length are
 * checked. A client that waits for it then never sends a body that is refused.
 */
export function continueBody(app: App): void {
  const waiting = new WeakSet<IncomingMessage>()
  // With a listener, Node no longer answers by itself.
  app.server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    waiting.add(request)
    app.server.emit('request', request, response)
  })
  app.addHook('preParsing', (request, reply, payload, done) => {
    if (request.raw.headers.expect === undefined || !waiting.delete(request.raw)) return done(null, payload)
    if (request.is404) return done(new AppError('ROUTE_NOT_FOUND'))
    // A longer body is refused by the parser that follows, which reads the same header.
    if (!(Number(request.headers['content-length']) > request.routeOptions.bodyLimit)) reply.raw.writeContinue()
    done(null, payload)
  })
}
