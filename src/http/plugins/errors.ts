import type { FastifyError, FastifyReply, FastifyRequest, FastifySchemaValidationError } from 'fastify'
import { ERRORS, type ErrorCode } from '#lib/error-codes.ts'
import { AppError, type FieldError } from '#lib/errors.ts'
import type { RepeatedWarnings } from '#lib/limit-repeats.ts'
import type { App } from '../base/app.ts'
import { ClientGoneError } from '../base/client-gone.ts'
import { PROBLEM_TYPE, toProblem } from '../base/problem.ts'
import { createAllowedMethods } from './allowed-methods.ts'
import { explainInvalid } from './explain-invalid.ts'

/** What Fastify itself refuses, with a detail where the table's does not fit. */
const FASTIFY_ERRORS = new Map<string, { code: ErrorCode; detail?: string }>([
  ['FST_ERR_CTP_INVALID_JSON_BODY', { code: 'INVALID_JSON' }],
  ['FST_ERR_CTP_BODY_TOO_LARGE', { code: 'BODY_TOO_LARGE' }],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', { code: 'UNSUPPORTED_MEDIA_TYPE' }],
  ['FST_ERR_BAD_URL', { code: 'BAD_REQUEST', detail: 'The path of the request is not a valid URL.' }],
  ['FST_ERR_MAX_PARAM_LENGTH', { code: 'ROUTE_NOT_FOUND' }],
])

const MAXIMUM_FIELDS = 20
/** How much of a refused body is read, so that the connection can be used again. */
const MOST_UNREAD_BYTES = 65_536

export interface ErrorOptions {
  /** Why a temporary error makes the service unavailable, for the client; null for any other error. */
  whyUnavailable: (error: unknown) => string | null
  /** For warnings that come with every request while a service is unavailable. */
  warnings: RepeatedWarnings
}

/**
 * Answers every error with a problem document (RFC 9457). A fault of the server is logged with the id of the request and answered without
 * its message, which may contain anything.
 * @returns answers a request without a route: 405 when other methods have one, else 404.
 */
export function errors(app: App, options: ErrorOptions): AnswerMissing {
  const allowedMethods = createAllowedMethods(app)

  app.setErrorHandler((error, request, reply) => answerError(error, request, reply, options))

  const answerMissing: AnswerMissing = (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/'
    const methods = allowedMethods(path)
    if (methods.length > 0) {
      reply.header('allow', methods.join(', '))
      return send(reply, 'METHOD_NOT_ALLOWED', `This path does not accept ${request.method}; it accepts ${methods.join(', ')}.`)
    }
    return send(reply, 'ROUTE_NOT_FOUND')
  }
  app.setNotFoundHandler(answerMissing)
  return answerMissing
}

/** Answers a request without a route. */
export type AnswerMissing = (request: FastifyRequest, reply: FastifyReply) => FastifyReply

/** Also for errors that come before routing, where no error handler of an instance applies. */
export function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  { whyUnavailable, warnings }: ErrorOptions,
) {
  if (error instanceof ClientGoneError) {
    request.log.debug({ route: request.routeOptions.url }, 'stopped a request: its client has left')
    return send(reply, 'UNAVAILABLE', 'The connection was closed.')
  }
  if (error instanceof AppError && (error.status < 500 || error.status === 503 || error.status === 507)) {
    if (error.status === 503) reply.header('retry-after', '5')
    if ('retryAfterSeconds' in error) reply.header('retry-after', String(error.retryAfterSeconds))
    // RFC 9110, 11.6.1: every 401 names the scheme.
    if (error.status === 401) reply.header('www-authenticate', 'Bearer')
    return send(reply, error.code, error.message, error.fields, error.members)
  }
  if (isFastifyError(error)) {
    if (error.validation) return answerValidation(error.validation, error.validationContext, reply)
    const known = FASTIFY_ERRORS.get(error.code)
    if (known) {
      // A client stops sending only when the connection closes.
      if (known.code === 'BODY_TOO_LARGE') reply.header('connection', 'close')
      return send(reply, known.code, known.detail)
    }
    if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
      return send(reply, 'BAD_REQUEST')
    }
  }
  const reason = whyUnavailable(error)
  if (reason !== null) {
    warnings.warn({ err: error, requestId: request.id }, 'requests fail because a service they need is unavailable')
    reply.header('retry-after', '5')
    return send(reply, 'UNAVAILABLE', reason)
  }
  request.log.error({ err: error, method: request.method, route: request.routeOptions.url }, 'a request failed')
  return send(reply, 'INTERNAL', `${ERRORS.INTERNAL.text} Its log has the details under request id ${request.id}.`)
}

function send(
  reply: FastifyReply,
  code: ErrorCode,
  detail?: string,
  fields?: readonly FieldError[],
  members?: AppError['members'],
) {
  // Node would read the rest of a refused body before it takes the next request of the connection.
  if (hasMuchUnread(reply.request)) reply.header('connection', 'close')
  return reply
    .code(ERRORS[code].status)
    .type(PROBLEM_TYPE)
    .serializer(JSON.stringify)
    .send(toProblem(code, detail, fields, members))
}

function hasMuchUnread({ raw }: FastifyRequest): boolean {
  if (raw.complete) return false
  const length = raw.headers['content-length']
  return length === undefined ? raw.headers['transfer-encoding'] !== undefined : Number(length) > MOST_UNREAD_BYTES
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && typeof (error as Partial<FastifyError>).code === 'string'
}

function answerValidation(issues: readonly FastifySchemaValidationError[], context: string | undefined, reply: FastifyReply) {
  const inBody = context === 'body'
  const fields = issues
    .slice(0, MAXIMUM_FIELDS)
    .map((issue) => ({ field: fieldOf(issue, inBody), message: explainInvalid(issue) }))
  const part = inBody ? 'request body' : context === 'params' ? 'path' : 'query'
  const [first] = fields
  const detail = first
    ? `The ${part} is not valid: ${first.field === '' ? 'it' : first.field} ${first.message}.`
    : `The ${part} is not valid.`
  return send(reply, 'VALIDATION_FAILED', detail, fields)
}

/** A JSON pointer into the body, or the bare name of a parameter. */
function fieldOf(issue: FastifySchemaValidationError, inBody: boolean): string {
  const missing = issue.params['missingProperty'] ?? issue.params['additionalProperty']
  const pointer = typeof missing === 'string' ? `${issue.instancePath}/${missing}` : issue.instancePath
  return inBody ? pointer : pointer.replace(/^\//, '')
}
