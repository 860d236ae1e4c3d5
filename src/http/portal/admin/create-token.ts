import { Type } from '@fastify/type-provider-typebox'
import type { Accounts } from '#accounts/accounts.ts'
import type { App } from '#http/base/app.ts'
import { problems, text } from '#http/base/schemas.ts'
import { GivenRestrictions } from '../accounts/token-schema.ts'
import { ADMIN_CONFIG, ADMIN_TAGS, ADMIN_URL, AdminTokenSchema, Id } from './admin-schemas.ts'

/** Create API Token for a user of any account. */
export function createTokenRoute(app: App, { accounts }: { accounts: Accounts }): void {
  app.post(
    `${ADMIN_URL}/createApiToken`,
    {
      config: ADMIN_CONFIG,
      schema: {
        tags: ADMIN_TAGS,
        operationId: 'createAccountApiToken',
        summary: 'Create an API token for a user',
        description:
          'The token acts for that user and is valid until it is deleted. The user must belong to the account: 400 USER_NOT_IN_ACCOUNT.',
        body: Type.Object({
          userId: Id,
          accountId: Id,
          name: text({ minLength: 1, maxLength: 200, description: 'What to call it; several may have the same' }),
          restrictions: Type.Optional(GivenRestrictions),
        }),
        response: { 200: AdminTokenSchema, ...problems(400, 401, 403, 404) },
      },
    },
    async (request) => await accounts.administration.createToken(request.body),
  )
}
