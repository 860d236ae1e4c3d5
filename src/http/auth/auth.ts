import type { FastifyRequest } from 'fastify'
import type { Accounts } from '#accounts/accounts.ts'
import type { Principal } from '#accounts/users/user-record.ts'
import { AppError } from '#lib/errors.ts'
import type { App } from '../base/app.ts'

/**
 * Who may call a route:
 * - none: anyone, without a token
 * - session: a user with a session
 * - any: a user with a session or an API token
 * - admin: the same, of an administrator
 * - core: as any, and the token may also come as `?token=`, for map libraries that cannot set headers
 */
export const AUTH_KINDS = ['none', 'session', 'any', 'admin', 'core'] as const
export type AuthKind = (typeof AUTH_KINDS)[number]

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; null on routes that need no token. See `principalOf`. */
    principal: Principal | null
  }
  interface FastifyContextConfig {
    auth?: AuthKind
  }
}

/** The caller of a request whose route needs one. */
export function principalOf(request: FastifyRequest): Principal {
  if (request.principal === null) throw new Error('this route needs no token, so it has no caller')
  return request.principal
}

/**
 * Checks the caller of every request before its body is read. A route that does not declare who may call it stops the start:
 * forgetting it must not open it.
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
    // Only unknown paths and the CORS preflight have none: see above.
    if (kind === undefined || kind === 'none') return
    reply.header('vary', 'Authorization, Origin')
    const bearer = bearerOf(request, kind === 'core')
    // What only reads is asked again and again; whatever may change something asks the database.
    const onlyReads = request.method === 'GET' || request.method === 'HEAD'
    const { origin } = request.headers
    const principal = await (onlyReads ? accounts.recognise(bearer, origin) : accounts.authenticate(bearer, origin))
    if (kind === 'session' && principal.kind !== 'session') {
      throw new AppError('SESSION_REQUIRED')
    }
    if (kind === 'admin' && !principal.user.isAdmin) {
      throw new AppError('ADMIN_REQUIRED')
    }
    request.principal = principal
  })
}

/** The bearer string of the request (RFC 6750, 2.1; where allowed also `?token=`). A header, if there is one, decides. */
export function bearerOf(request: FastifyRequest, queryAllowed: boolean): string {
  const header = request.headers.authorization
  if (header !== undefined) {
    const match = /^Bearer +([0-9a-z._~+/-]+=*)$/i.exec(header)
    if (match?.[1] === undefined) {
      throw new AppError('TOKEN_MISSING', 'The Authorization header must have the form: Bearer <token>.')
    }
    return match[1]
  }
  if (queryAllowed) {
    const { token } = request.query as { token?: unknown }
    if (typeof token === 'string' && token !== '') return token
    throw new AppError(
      'TOKEN_MISSING',
      'A token is needed: as a header, Authorization: Bearer <token>, or as the parameter token=<token>.',
    )
  }
  throw new AppError('TOKEN_MISSING')
}
