import { Type } from '@fastify/type-provider-typebox'
import type { Accounts } from '#accounts/accounts.ts'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { problems } from '#http/base/schemas.ts'
import { ADMIN_CONFIG, ADMIN_TAGS, ADMIN_URL, AdminTokenSchema, Id } from './admin-schemas.ts'

/** List API Tokens of an account. */
export function listAccountTokensRoute(app: App, { accounts }: { accounts: Accounts }): void {
  app.get(
    `${ADMIN_URL}/getApiTokens`,
    {
      config: ADMIN_CONFIG,
      schema: {
        tags: ADMIN_TAGS,
        operationId: 'listAccountApiTokens',
        summary: 'API tokens of all users of an account, newest first',
        description:
          'Without pages. The response contains the bearer strings, each of which grants access to everything that its user sees.',
        querystring: Type.Object({ accountId: Id }),
        response: { 200: Type.Array(AdminTokenSchema), ...problems(400, 401, 403, 404) },
      },
    },
    async (request) => await accounts.administration.listTokens(principalOf(request), request.query.accountId),
  )
}
