import { Type } from '@fastify/type-provider-typebox'
import type { Accounts } from '#accounts/accounts.ts'
import type { App } from '#http/base/app.ts'
import { problems } from '#http/base/schemas.ts'
import { ADMIN_CONFIG, ADMIN_TAGS, ADMIN_URL } from './admin-schemas.ts'

const count = (description: string) => Type.Integer({ minimum: 0, description })

const AccountUsageSchema = Type.Object(
  {
    accountId: Type.Integer({ description: 'The id of the account' }),
    users: count('Its users, without those being deleted'),
    tokens: count('API tokens of its users'),
    uploads: count('Its uploads, without those being deleted'),
    charts: Type.Integer({ minimum: 0, description: 'Charts of its uploads that are in use' }),
    styles: count('Its custom styles'),
    webhooks: count('Its webhooks'),
    exports: count('Its offline packs, unfinished ones too'),
    uploadBytes: Type.Integer({ minimum: 0, description: 'Size of its uploaded files, in bytes' }),
    exportBytes: Type.Integer({ minimum: 0, description: 'Size of its finished offline packs, in bytes' }),
  },
  { title: 'AccountUsage', description: 'What an account has on this server' },
)

/** What each account has on this server. Not in the documented contract. */
export function listAccountUsageRoute(app: App, { accounts }: { accounts: Accounts }): void {
  app.get(
    `${ADMIN_URL}/getAccountUsage`,
    {
      config: ADMIN_CONFIG,
      schema: {
        tags: ADMIN_TAGS,
        operationId: 'listAccountUsage',
        summary: 'What each account has: users, tokens, charts, storage',
        description:
          'Accounts in the order of getAllAccounts, counted at the time of the request. Sizes are those of files, without the space in the database.',
        response: { 200: Type.Array(AccountUsageSchema), ...problems(401, 403) },
      },
    },
    async () => await accounts.administration.listUsage(),
  )
}
