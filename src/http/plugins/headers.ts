import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import type { App } from '../app.ts'

/** Paths that pages of other sites may call: the Core API. */
const OPEN = /^\/api\/v\d+\//

/**
 * Security headers and CORS. The Core API is open to pages everywhere, because tokens are never sent by a browser on its own;
 * which pages may use a token is the token's `hosts`. The Portal API is for scripts and for the portal, which has its origin.
 */
export function headers(app: App): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    // Answers hold tokens in clear and job states that change: what may be kept says so itself.
    reply.header('cache-control', 'no-store')
    done()
  })

  void app.register(helmet, {
    global: true,
    contentSecurityPolicy: {
      // On a boat the server is reached by plain HTTP: telling browsers to use HTTPS would lock people out.
      directives: { 'upgrade-insecure-requests': null },
    },
    strictTransportSecurity: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
  })

  void app.register(cors, {
    delegator: (request, callback) => {
      const open = OPEN.test(request.raw.url ?? '')
      callback(null, {
        origin: open ? '*' : false,
        methods: ['GET', 'HEAD', 'POST', 'DELETE'],
        allowedHeaders: ['Authorization', 'Content-Type', 'If-None-Match'],
        exposedHeaders: ['ETag', 'Retry-After', 'X-Chart-Cells', 'X-Request-Id'],
        maxAge: 86_400,
        strictPreflight: false,
      })
    },
  })

  app.addHook('onSend', (request, reply, payload, done) => {
    if (OPEN.test(request.url)) reply.header('cross-origin-resource-policy', 'cross-origin')
    done(null, payload)
  })
}
