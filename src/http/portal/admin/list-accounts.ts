import { Type } from '@fastify/type-provider-typebox'
import type { Accounts } from '#accounts/accounts.ts'
import type { App } from '#http/base/app.ts'
import { problems } from '#http/base/schemas.ts'
import { AccountSchema, ADMIN_CONFIG, ADMIN_TAGS, ADMIN_URL } from './admin-schemas.ts'

/** List Accounts. */
export function listAccountsRoute(app: App, { accounts }: { accounts: Accounts }): void {
  app.get(
    `${ADMIN_URL}/getAllAccounts`,
    {
      config: ADMIN_CONFIG,
      schema: {
        tags: ADMIN_TAGS,
        operationId: 'listAccounts',
        summary: 'Accounts, oldest first',
        description: 'Without pages. Accounts that are being deleted are left out.',
        response: { 200: Type.Array(AccountSchema), ...problems(401, 403) },
      },
    },
    async () => await accounts.administration.listAccounts(),
  )
}
