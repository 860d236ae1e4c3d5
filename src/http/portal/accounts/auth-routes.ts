import { Type } from '@fastify/type-provider-typebox'
import type { Accounts } from '#accounts/accounts.ts'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { Empty, problems } from '#http/base/schemas.ts'
import { UserSchema } from './user-schema.ts'

const TAGS = ['Authentication']

/** Login, logout and whoami. */
export function authRoutes(app: App, { accounts }: { accounts: Accounts }): void {
  app.post(
    '/api/portal/v1/auth/login',
    {
      config: { auth: 'none', compress: false },
      schema: {
        tags: TAGS,
        operationId: 'login',
        summary: 'Open a session',
        body: Type.Object({ username: Type.String({ maxLength: 256 }), password: Type.String({ maxLength: 1024 }) }),
        response: {
          200: Type.Object({
            token: Type.Object({
              id: Type.String({ description: 'The bearer string: 32 hexadecimal digits' }),
              userId: Type.Integer(),
            }),
            user: UserSchema,
          }),
          ...problems(400, 401, 429),
        },
      },
    },
    async (request) =>
      await accounts.login({
        ...request.body,
        clientAddress: app.clients.addressOf(request.raw),
        userAgent: request.headers['user-agent'],
      }),
  )

  app.post(
    '/api/portal/v1/auth/logout',
    {
      config: { auth: 'session' },
      schema: { tags: TAGS, operationId: 'logout', summary: 'End the session', response: { 204: Empty, ...problems(401) } },
    },
    async (request, reply) => {
      await accounts.logout(principalOf(request))
      return await reply.code(204).send(null)
    },
  )

  app.get(
    '/api/portal/v1/auth/whoami',
    {
      config: { auth: 'any' },
      schema: {
        tags: TAGS,
        operationId: 'whoami',
        summary: 'The user of the token',
        response: { 200: UserSchema, ...problems(401) },
      },
    },
    async (request) => principalOf(request).user,
  )
}
