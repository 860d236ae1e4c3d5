import { Type } from '@fastify/type-provider-typebox'
import type { Accounts } from '#accounts/accounts.ts'
import type { App } from '#http/base/app.ts'
import { problems } from '#http/base/schemas.ts'
import { AccountName, AccountSchema, ADMIN_CONFIG, ADMIN_TAGS, ADMIN_URL, Id } from './admin-schemas.ts'

/** Edit Account: another name. */
export function editAccountRoute(app: App, { accounts }: { accounts: Accounts }): void {
  app.post(
    `${ADMIN_URL}/editAccount`,
    {
      config: ADMIN_CONFIG,
      schema: {
        tags: ADMIN_TAGS,
        operationId: 'editAccount',
        summary: 'Rename an account',
        description:
          'The name is for people and need not be unique; nothing else of the account changes. 404 ACCOUNT_NOT_FOUND also for an account that is being deleted.',
        body: Type.Object({ id: Id, name: AccountName }),
        response: { 200: AccountSchema, ...problems(400, 401, 403, 404) },
      },
    },
    async (request) => await accounts.administration.editAccount(request.body),
  )
}
