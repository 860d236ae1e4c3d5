import { Type } from '@fastify/type-provider-typebox'
import type { Accounts } from '#accounts/accounts.ts'
import type { App } from '#http/base/app.ts'
import { problems } from '#http/base/schemas.ts'
import {
  ADMIN_CONFIG,
  ADMIN_TAGS,
  ADMIN_URL,
  AdminTokenSchema,
  AdminUserSchema,
  Id,
  Password,
  Username,
} from './admin-schemas.ts'

/** Create User: with an API token, both or none. */
export function createUserRoute(app: App, { accounts }: { accounts: Accounts }): void {
  app.post(
    `${ADMIN_URL}/createUser`,
    {
      config: ADMIN_CONFIG,
      schema: {
        tags: ADMIN_TAGS,
        operationId: 'createUser',
        summary: 'Create a user of an account',
        description:
          'With an API token named Default: both are created, or neither. Names are unique over the whole server: 400 USERNAME_TAKEN. The new user is not an administrator and does not own the account.',
        body: Type.Object({ accountId: Id, username: Username, password: Password }),
        response: {
          200: Type.Object(
            { user: AdminUserSchema, initialToken: AdminTokenSchema },
            { title: 'CreatedUser', description: 'The user and its first token' },
          ),
          ...problems(400, 401, 403, 404),
        },
      },
    },
    async (request) => await accounts.administration.createUser(request.body),
  )
}
