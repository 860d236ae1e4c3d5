import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyBaseLogger, LogController } from 'fastify'
import { newId } from '#lib/ids.ts'
import type { App } from './app.ts'
import { auth } from './plugins/auth.ts'
import { clientErrors } from './plugins/client-errors.ts'
import { answerError, errors } from './plugins/errors.ts'
import { headers } from './plugins/headers.ts'
import { health } from './plugins/health.ts'
import { indexPage } from './plugins/index-page.ts'
import { jsonBody } from './plugins/json-body.ts'
import { openapi } from './plugins/openapi.ts'
import { requestLog } from './plugins/request-log.ts'
import { strictQuery } from './plugins/strict-query.ts'
import { apiTokenRoutes } from './portal/api-tokens.ts'
import { authRoutes } from './portal/auth.ts'
import { jobRoutes } from './portal/jobs.ts'
import { userRoutes } from './portal/user.ts'
import { ProblemSchema } from './schemas.ts'
import type { ServerOptions } from './server-options.ts'

/**
 * The HTTP server, not listening yet: `await app.listen({ host, port })`, and `app.close()` to stop taking requests and wait
 * for those under way. Further routes may be registered before it listens; each must declare `config.auth`.
 */
export function createServer(options: ServerOptions): App {
  const isUnavailable = options.isUnavailable ?? (() => false)
  const requestTimeout = options.requestTimeout ?? 300_000
  const app: App = fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    // Requests are logged by our own hook: Fastify's lines hold the whole URL, and that may hold a token.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: () => newId(),
    trustProxy: options.trustProxy ?? false,
    bodyLimit: 1_048_576,
    requestTimeout,
    // Node looks for late requests only so often; its own 30 seconds would make a shorter timeout a lie.
    http: { connectionsCheckingInterval: Math.min(30_000, requestTimeout) },
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    // While it closes, requests on open connections are still answered, with `Connection: close`.
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 128 },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: true, allErrors: true } },
    frameworkErrors: (error, request, reply) => answerError(error, request, reply, isUnavailable),
    clientErrorHandler: clientErrors,
  }).withTypeProvider<TypeBoxTypeProvider>()

  // Slow headers hold a connection for nothing; bodies get the whole request timeout.
  app.server.headersTimeout = Math.min(20_000, requestTimeout)

  app.addSchema(ProblemSchema)
  errors(app, { isUnavailable })
  requestLog(app)
  headers(app)
  auth(app, options)
  jsonBody(app)
  strictQuery(app)
  openapi(app, options)

  void app.register(async (scope: App) => {
    indexPage(scope, options)
    health(scope, { checks: options.health, timeout: options.healthTimeout ?? 3_000 })
    authRoutes(scope, options)
    userRoutes(scope, options)
    apiTokenRoutes(scope, options)
    jobRoutes(scope, options)
  })
  return app
}
