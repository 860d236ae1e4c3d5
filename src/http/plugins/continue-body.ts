import type { IncomingMessage, ServerResponse } from 'node:http'
import type { App } from '../base/app.ts'
import type { AnswerMissing } from './errors.ts'

/**
 * Answers `Expect: 100-continue` (RFC 9110, 10.1.1) only when the body is wanted: after the token and the announced length are
 * checked. A client that waits for it then never sends a body that is refused.
 *
 * @param answerMissing answers a request without a route.
 */
export function continueBody(app: App, answerMissing: AnswerMissing): void {
  const waiting = new WeakSet<IncomingMessage>()
  // With a listener, Node no longer answers by itself.
  app.server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    waiting.add(request)
    app.server.emit('request', request, response)
  })
  app.addHook('preParsing', (request, reply, payload, done) => {
    if (request.raw.headers.expect === undefined || !waiting.delete(request.raw)) return done(null, payload)
    // Not through Fastify's handler, which would wait for the body first.
    if (request.is404) return void answerMissing(request, reply)
    // A longer body is refused by the parser that follows, which reads the same header.
    if (!(Number(request.headers['content-length']) > request.routeOptions.bodyLimit)) reply.raw.writeContinue()
    done(null, payload)
  })
}
