import { Type } from '@fastify/type-provider-typebox'
import type { Accounts } from '#accounts/accounts.ts'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { Empty, problems } from '#http/base/schemas.ts'

/** The caller's own user. */
export function userRoutes(app: App, { accounts }: { accounts: Accounts }): void {
  app.post(
    '/api/portal/v1/user/passwordChange',
    {
      config: { auth: 'any', unrestricted: true },
      schema: {
        tags: ['Authentication'],
        operationId: 'changePassword',
        summary: 'Set the password of the user of the token',
        description:
          "Ends the user's other sessions at once; the calling one and the API tokens stay. A `currentPassword` that is wrong changes nothing: 400 CURRENT_PASSWORD_WRONG, and 429 after too many.",
        body: Type.Object({
          password: Type.String({ minLength: 4, maxLength: 1024, description: 'The new password, at least 4 characters' }),
          currentPassword: Type.Optional(Type.String({ maxLength: 1024, description: 'Checked when it is given' })),
        }),
        response: { 204: Empty, ...problems(400, 401, 429) },
      },
    },
    async (request, reply) => {
      await accounts.changePassword(principalOf(request), {
        ...request.body,
        clientAddress: app.clients.addressOf(request.raw),
      })
      return await reply.code(204).send(null)
    },
  )
}
