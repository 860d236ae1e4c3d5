import { Type } from '@fastify/type-provider-typebox'
import type { Accounts } from '#accounts/accounts.ts'
import type { App } from '#http/base/app.ts'
import { Empty, problems } from '#http/base/schemas.ts'
import { ADMIN_CONFIG, ADMIN_TAGS, ADMIN_URL, Id } from './admin-schemas.ts'

/** Deletes a token of any account. The documented interface has none: a token that leaked could be stopped by its own account alone. */
export function deleteTokenRoute(app: App, { accounts }: { accounts: Accounts }): void {
  app.post(
    `${ADMIN_URL}/deleteApiToken`,
    {
      config: ADMIN_CONFIG,
      schema: {
        tags: ADMIN_TAGS,
        operationId: 'deleteAccountApiToken',
        summary: 'Delete an API token of an account',
        description:
          'It stops working at once, on every server; other tokens and sessions of its user stay. 404 TOKEN_NOT_FOUND when the account has no such token.',
        body: Type.Object({ accountId: Id, id: Type.String({ description: 'As the list of the account shows it' }) }),
        response: { 204: Empty, ...problems(400, 401, 403, 404) },
      },
    },
    async (request, reply) => {
      await accounts.administration.deleteToken(request.body)
      return await reply.code(204).send(null)
    },
  )
}
