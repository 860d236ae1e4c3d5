import { Type } from '@fastify/type-provider-typebox'
import type { Accounts } from '#accounts/accounts.ts'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { problems, Time, timeWhen } from '#http/base/schemas.ts'
import { ADMIN_CONFIG, ADMIN_TAGS, ADMIN_URL, Id, Password, Username } from './admin-schemas.ts'

/** Edit User: another name, another password, or both. */
export function editUserRoute(app: App, { accounts }: { accounts: Accounts }): void {
  app.post(
    `${ADMIN_URL}/editUser`,
    {
      config: ADMIN_CONFIG,
      schema: {
        tags: ADMIN_TAGS,
        operationId: 'editUser',
        summary: 'Change the name or the password of a user',
        description: "At least one of the two is needed. A new password ends the user's sessions, except the calling one.",
        body: Type.Object({ id: Id, username: Type.Optional(Username), password: Type.Optional(Password) }),
        response: {
          200: Type.Object(
            {
              id: Type.Integer({ description: 'The id of the user' }),
              email: Type.String({ description: 'The user name as it is now; it need not be an address' }),
              createdAt: Time,
              modifiedAt: timeWhen('this change'),
            },
            { title: 'EditedUser', description: 'A user after a change' },
          ),
          ...problems(400, 401, 403, 404),
        },
      },
    },
    async (request) => await accounts.administration.editUser(principalOf(request), request.body),
  )
}
