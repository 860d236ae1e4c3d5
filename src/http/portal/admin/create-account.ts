import { Type } from '@fastify/type-provider-typebox'
import type { Accounts } from '#accounts/accounts.ts'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { problems } from '#http/base/schemas.ts'
import {
  AccountName,
  AccountSchema,
  ADMIN_CONFIG,
  ADMIN_TAGS,
  ADMIN_URL,
  AdminTokenSchema,
  AdminUserSchema,
  Password,
  Username,
} from './admin-schemas.ts'

/** Create Account: with its first user and that user's API token, all or none. */
export function createAccountRoute(app: App, { accounts }: { accounts: Accounts }): void {
  app.post(
    `${ADMIN_URL}/createAccount`,
    {
      config: ADMIN_CONFIG,
      schema: {
        tags: ADMIN_TAGS,
        operationId: 'createAccount',
        summary: 'Create an account with its first user',
        description: 'With an API token named Default: all three are created, or none. The first user owns the account.',
        body: Type.Object({ name: AccountName, username: Username, password: Password }),
        response: {
          200: Type.Object(
            { account: AccountSchema, user: AdminUserSchema, initialToken: AdminTokenSchema },
            { title: 'CreatedAccount', description: 'The account, its owner, and the token of the owner' },
          ),
          ...problems(400, 401, 403),
        },
      },
    },
    async (request) => await accounts.administration.createAccount(principalOf(request), request.body),
  )
}
