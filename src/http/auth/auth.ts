import type { FastifyRequest } from 'fastify'
import type { Accounts } from '#accounts/accounts.ts'
import type { Principal } from '#accounts/users/user-record.ts'
import { AppError } from '#lib/errors.ts'
import type { App } from '../base/app.ts'

/**
 * Who may call a route:
 * - none: anyone, without a token
 * - optional: anyone; a token that is given must be valid, and its user is the caller
 * - session: a user with a session
 * - any: a user with a session or an API token
 * - admin: an administrator with a session or an API token
 * - core: as any; the token may also come as `?token=`, for map libraries that cannot set headers
 */
export const AUTH_KINDS = ['none', 'optional', 'session', 'any', 'admin', 'core'] as const
export type AuthKind = (typeof AUTH_KINDS)[number]

const PORTAL_PREFIX = '/api/portal/'

declare module 'fastify' {
  interface FastifyRequest {
    /** The caller; null on routes that need no token. See `principalOf`. */
    principal: Principal | null
  }
  interface FastifyContextConfig {
    auth?: AuthKind
    /** Refuses tokens that are restricted to hosts: the route manages tokens, users or passwords. */
    unrestricted?: boolean
  }
}

/** The caller of a request whose route needs one. */
export function principalOf(request: FastifyRequest): Principal {
  if (request.principal === null) throw new Error('this route needs no token, so it has no caller')
  return request.principal
}

/**
 * Checks the caller of every request before its body is read. A route that does not declare who may call it stops the start, so
 * that a forgotten declaration never opens a route.
 */
export function auth(app: App, { accounts }: { accounts: Accounts }): void {
  app.decorateRequest('principal', null)

  app.addHook('onRoute', (route) => {
    // The preflight route of @fastify/cors; it answers without any content.
    if (route.method === 'OPTIONS' && (route.url === '*' || route.url === '/*')) return
    const declared = route.config?.auth
    if (declared === undefined || !AUTH_KINDS.includes(declared)) {
      throw new Error(`the route ${[route.method].flat().join(', ')} ${route.url} does not declare who may call it (config.auth)`)
    }
  })

  app.addHook('onRequest', async (request, reply) => {
    const kind = request.routeOptions.config.auth
    // Only unknown paths and the CORS preflight have none.
    if (kind === undefined || kind === 'none') return
    reply.header('vary', 'Authorization, Origin')
    if (kind === 'optional' && !/^Bearer\b/i.test(request.headers.authorization ?? '')) return
    const bearer = bearerOf(request, kind === 'core')
    // Reads are frequent and may use a recent answer; a change always looks the token up.
    const onlyReads = request.method === 'GET' || request.method === 'HEAD'
    const { origin } = request.headers
    const principal = await (onlyReads ? accounts.recognise(bearer, origin) : accounts.authenticate(bearer, origin))
    if (kind === 'session' && principal.kind !== 'session') {
      throw new AppError('SESSION_REQUIRED')
    }
    if (kind === 'admin' && !principal.user.isAdmin) {
      throw new AppError('ADMIN_REQUIRED')
    }
    if (principal.hostRestricted) checkRestricted(request, origin)
    request.principal = principal
  })
}

/**
 * Limits a token that is restricted to hosts, and so is written into pages: on the Portal API it needs an `Origin`, which
 * authentication has compared, and it never manages tokens, users or passwords.
 */
function checkRestricted({ routeOptions }: FastifyRequest, origin: string | undefined): void {
  if (routeOptions.config.unrestricted === true) throw new AppError('TOKEN_RESTRICTED')
  if (origin === undefined && routeOptions.url?.startsWith(PORTAL_PREFIX)) {
    throw new AppError(
      'ORIGIN_NOT_ALLOWED',
      'The token is restricted to hosts: on the Portal API it needs a matching Origin header.',
    )
  }
}

/**
 * The bearer string of the request (RFC 6750, 2.1; where allowed also `?token=`). A header with a bearer token takes precedence; with a
 * header of another scheme, such as the Basic authentication of a proxy, the parameter still counts.
 */
export function bearerOf(request: FastifyRequest, queryAllowed: boolean): string {
  const header = request.headers.authorization
  const query = queryAllowed ? queryTokenOf(request) : null
  if (query !== null) return query
  if (header !== undefined) {
    const match = /^Bearer +([0-9a-z._~+/-]+=*)$/i.exec(header)
    if (match?.[1] === undefined) {
      throw new AppError('TOKEN_MISSING', 'The Authorization header must have the form: Bearer <token>.')
    }
    return match[1]
  }
  if (queryAllowed) {
    throw new AppError(
      'TOKEN_MISSING',
      'A token is needed: as a header, Authorization: Bearer <token>, or as the parameter token=<token>.',
    )
  }
  throw new AppError('TOKEN_MISSING')
}

/** The `?token=` of a Core API request, unless its header has a bearer token, which takes precedence; null for none. */
export function queryTokenOf({ headers, query }: FastifyRequest): string | null {
  if (headers.authorization !== undefined && /^Bearer\b/i.test(headers.authorization)) return null
  const { token } = query as { token?: unknown }
  return typeof token === 'string' && token !== '' ? token : null
}
