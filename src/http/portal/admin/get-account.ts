import { Type } from '@fastify/type-provider-typebox'
import type { Accounts } from '#accounts/accounts.ts'
import type { App } from '#http/base/app.ts'
import { problems } from '#http/base/schemas.ts'
import { AccountSchema, ADMIN_CONFIG, ADMIN_TAGS, ADMIN_URL, Id } from './admin-schemas.ts'

/** Get Account. */
export function getAccountRoute(app: App, { accounts }: { accounts: Accounts }): void {
  app.get(
    `${ADMIN_URL}/getAccount`,
    {
      config: ADMIN_CONFIG,
      schema: {
        tags: ADMIN_TAGS,
        operationId: 'getAccount',
        summary: 'One account',
        description: '404 ACCOUNT_NOT_FOUND also for an account that is being deleted. getAccountUsage returns what it contains.',
        querystring: Type.Object({ id: Id }),
        response: { 200: AccountSchema, ...problems(400, 401, 403, 404) },
      },
    },
    async (request) => await accounts.administration.getAccount(request.query.id),
  )
}
