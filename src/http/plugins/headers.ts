import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import cors from '@fastify/cors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import helmet from 'helmet'
import type { App } from '../base/app.ts'

/** Paths that pages of other sites may call: the Core API, and what SignalK clients ask for. */
const OPEN = /^\/(api\/v\d+\/|signalk(?=[/?]|$))/
const EXPOSED = ['ETag', 'Retry-After', 'X-Chart-Cells', 'X-Request-Id']

const CLOSED_HEADERS = {
  ...securityHeaders(),
  // Responses contain tokens in plain text and job states that change, so a response that may be kept says so itself.
  'cache-control': 'no-store',
}
const OPEN_HEADERS = {
  ...CLOSED_HEADERS,
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
  'access-control-expose-headers': EXPOSED.join(', '),
}

/**
 * Security headers and CORS. The Core API is open to pages everywhere, because tokens are never sent by a browser on its own;
 * which pages may use a token is the token's `hosts`. The Portal API is for scripts and for the portal, which has its origin.
 */
export function headers(app: App): void {
  app.addHook('onRequest', (request, reply, done) => {
    setHeaders(request, reply)
    done()
  })

  // Its own scope limits it to preflights; the hook above sets the CORS headers of all other responses.
  void app.register(async (scope: App) => {
    await scope.register(cors, {
      delegator: (request, callback) => {
        callback(null, {
          origin: OPEN.test(request.raw.url ?? '') ? '*' : false,
          methods: ['GET', 'HEAD', 'POST', 'DELETE'],
          allowedHeaders: ['Authorization', 'Content-Type', 'If-Match', 'If-None-Match'],
          exposedHeaders: EXPOSED,
          maxAge: 86_400,
          strictPreflight: false,
        })
      },
    })
  })
}

/** Sets the headers of an answer. Only a request that is refused before it is routed needs it, because no hook runs then. */
export function setHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.headers(OPEN.test(request.raw.url ?? '') ? OPEN_HEADERS : CLOSED_HEADERS).header('x-request-id', request.id)
}

/** The headers Helmet sets, computed once: as a plugin it took a tenth of the time of a cached tile. */
function securityHeaders(): Record<string, string> {
  const request = new IncomingMessage(new Socket())
  const response = new ServerResponse(request)
  const set = helmet({
    contentSecurityPolicy: {
      // On a boat the server is reached by plain HTTP: telling browsers to use HTTPS would lock people out.
      directives: { 'upgrade-insecure-requests': null },
    },
    strictTransportSecurity: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
  })
  set(request, response, (error) => {
    if (error !== undefined) throw error
  })
  return Object.fromEntries(Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]))
}
