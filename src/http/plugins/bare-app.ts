import { randomUUID } from 'node:crypto'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyBaseLogger, LogController } from 'fastify'
import { UUID_PATTERN } from '#lib/ids.ts'
import { limitRepeats } from '#lib/limit-repeats.ts'
import type { Log } from '#lib/log.ts'
import type { Metrics } from '#lib/metrics.ts'
import type { App } from '../base/app.ts'
import { type ClientAddressOptions, createClientAddresses } from '../base/client-address.ts'
import { ProblemSchema } from '../base/schemas.ts'
import { clientErrors } from './client-errors.ts'
import { closeConnections } from './close-connections.ts'
import { continueBody } from './continue-body.ts'
import { answerError, errors } from './errors.ts'
import { headers, setHeaders } from './headers.ts'
import { requestLog } from './request-log.ts'
import { RequestLogger } from './request-logger.ts'
import { requestMetrics } from './request-metrics.ts'
import { requestTraces } from './request-traces.ts'
import { strictRequest } from './strict-request.ts'
import { wellFormedUrl } from './well-formed-url.ts'

export interface BareAppOptions extends ClientAddressOptions {
  log: Log
  metrics: Metrics
  /** Says why a service is unavailable, for a temporary error: the response is then 503 with that text instead of 500. */
  whyUnavailable?: ((error: unknown) => string | null) | undefined
  /** Milliseconds a client may take to send a whole request. Default 300,000. */
  requestTimeout?: number | undefined
}

/** What all our HTTP servers share, without any route: limits, errors, headers, and for each request a log line, metrics and a span. */
export function createBareApp(options: BareAppOptions): App {
  const errorOptions = { whyUnavailable: options.whyUnavailable ?? (() => null), warnings: limitRepeats(options.log) }
  const requestTimeout = options.requestTimeout ?? 300_000
  const app: App = fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    // Requests are logged by our own hook: Fastify's lines contain the whole URL, which may contain a token.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    childLoggerFactory: (logger, bindings) => new RequestLogger(logger, bindings),
    // Not `newId`: these need no order, and Node draws random bytes for many of them at once.
    genReqId: () => randomUUID(),
    // Proxies are read by `createClientAddresses`, which also knows the header Forwarded.
    trustProxy: false,
    bodyLimit: 1_048_576,
    // Replaced by a limit for each route (plugins/request-timeout.ts): Node has one limit for all.
    requestTimeout: 0,
    // How often Node looks for late requests; with its default of 30 seconds, shorter timeouts would not hold.
    http: { connectionsCheckingInterval: Math.min(30_000, requestTimeout) },
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    // While it closes, requests on open connections are still answered, with `Connection: close`.
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 128 },
    ajv: {
      customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: true, allErrors: true },
      onCreate: defineFormats,
    },
    frameworkErrors: (error, request, reply) => {
      setHeaders(request, reply)
      return answerError(error, request, reply, errorOptions)
    },
    clientErrorHandler: clientErrors,
  }).withTypeProvider<TypeBoxTypeProvider>()

  // Slow headers hold a connection for nothing; bodies get the whole request timeout.
  app.server.headersTimeout = Math.min(20_000, requestTimeout)

  app.addSchema(ProblemSchema)
  app.decorate('clients', createClientAddresses(options))
  // Registered first, so that everything that happens to a request is inside its span.
  requestTraces(app)
  const answerMissing = errors(app, errorOptions)
  requestLog(app, options.log)
  requestMetrics(app, options.metrics)
  headers(app)
  strictRequest(app)
  closeConnections(app)
  wellFormedUrl(app)
  continueBody(app, answerMissing)
  return app
}

/** The `uuid` format of the library also accepts `urn:uuid:...`, which the database does not. */
function defineFormats(ajv: { addFormat(name: string, format: RegExp): unknown }): void {
  ajv.addFormat('uuid', UUID_PATTERN)
}
