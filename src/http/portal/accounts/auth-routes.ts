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
        description:
          'The token in the response goes into the header `Authorization: Bearer` of other requests. A session lasts until it is ended: by logout, by a change of the password elsewhere, or by its user. A wrong name and a wrong password give the same 401. Ten failures in a row slow an address or a name down to one try every 30 seconds: 429 with Retry-After.',
        body: Type.Object({
          username: Type.String({ maxLength: 256, description: 'Exactly as it was given; case counts' }),
          password: Type.String({ maxLength: 1024, description: 'The password of the user' }),
        }),
        response: {
          200: Type.Object({
            token: Type.Object(
              {
                id: Type.String({ description: 'The bearer string: 32 hexadecimal digits' }),
                userId: Type.Integer({ description: 'The id of the user' }),
              },
              { description: 'The session token, which only this response shows' },
            ),
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
      schema: {
        tags: TAGS,
        operationId: 'logout',
        summary: 'End the session',
        description:
          'The session token of the request stops working at once; other sessions and the API tokens stay. An API token is answered 401 SESSION_REQUIRED: it is ended by its deletion.',
        response: { 204: Empty, ...problems(401) },
      },
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
        description:
          'Works with session tokens and API tokens. Costs next to nothing, so it is a way to try a token: 401 when it is not valid.',
        response: { 200: UserSchema, ...problems(401) },
      },
    },
    async (request) => principalOf(request).user,
  )
}
